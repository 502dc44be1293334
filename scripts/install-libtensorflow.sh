#!/usr/bin/env bash
# Installs @tensorflow/tfjs-node without its own download of libtensorflow, which is not reachable everywhere: the native
# library and its headers are taken from the tensorflow-cpu wheel on PyPI, and the addon is compiled against them.
#
#   scripts/install-libtensorflow.sh FOLDER      then: export EVERYMIN_TFJS_NODE=FOLDER
#
# Needs: Linux, npm, python3 with pip, g++. Takes about 1.2 GB in FOLDER. Does nothing when FOLDER already works.
# EVERYMIN_TENSORFLOW_WHEEL names a wheel that is already here; EVERYMIN_TENSORFLOW_VERSION another version.
set -euo pipefail

folder=${1:?usage: install-libtensorflow.sh FOLDER}
tfjs=4.22.0
tensorflow=${EVERYMIN_TENSORFLOW_VERSION:-2.18.0}
napi=8

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
addon="$folder/node_modules/@tensorflow/tfjs-node"
export TF_CPP_MIN_LOG_LEVEL=2

works() {
  [ -f "$addon/lib/napi-v$napi/tfjs_binding.node" ] && (cd "$folder" && node -e '
    const tf = require("@tensorflow/tfjs-node");
    const a = tf.tensor2d([[1, 2], [3, 4]]);
    const product = tf.matMul(a, a).dataSync().join();
    if (tf.getBackend() !== "tensorflow" || product !== "7,10,15,22") throw new Error(product);
    console.log(`tfjs-node ${tf.version["tfjs-node"]} on TensorFlow ${tf.backend().binding.TF_Version}`);')
}

if works 2>/dev/null; then
  echo "$folder is ready"
  exit 0
fi

[ "$(uname -s)" = Linux ] || { echo "only Linux wheels are laid out as this script expects" >&2; exit 3; }
for tool in npm python3 g++; do
  command -v "$tool" >/dev/null || { echo "missing: $tool" >&2; exit 3; }
done

# The headers of Node's stable C interface are a package of their own, so that no Node source is needed.
[ -f "$folder/package.json" ] || echo '{ "private": true }' >"$folder/package.json"
(cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --loglevel=error \
  "@tensorflow/tfjs-node@$tfjs" node-api-headers@1)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wheel=${EVERYMIN_TENSORFLOW_WHEEL:-}
if [ -z "$wheel" ]; then
  # Any Python version of the wheel has the same library.
  python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.11 \
    --dest "$scratch" "tensorflow-cpu==$tensorflow"
  wheel=$(echo "$scratch"/tensorflow_cpu-*.whl)
fi

mkdir -p "$addon/deps/lib" "$addon/lib/napi-v$napi"
python3 - "$wheel" "$addon/deps" <<'PYTHON'
import shutil, sys, zipfile
from pathlib import Path, PurePosixPath
wheel, deps = zipfile.ZipFile(sys.argv[1]), Path(sys.argv[2])
folders = ('tensorflow/c', 'tensorflow/core/platform', 'tsl', 'xla/tsl')
headers = tuple(f'tensorflow/include/{folder}/' for folder in folders)
for name in wheel.namelist():
    path = PurePosixPath(name)
    if str(path.parent) == 'tensorflow' and path.name.startswith('libtensorflow'):
        target = deps / 'lib' / path.name
    elif name.startswith(headers) and path.suffix == '.h':
        target = deps / 'include' / path.relative_to('tensorflow/include')
    else:
        continue
    target.parent.mkdir(parents=True, exist_ok=True)
    with wheel.open(name) as source, open(target, 'wb') as out:
        shutil.copyfileobj(source, out)
PYTHON

# libtensorflow_cc exports the C interface that libtensorflow has.
# shellcheck disable=SC2016
g++ -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=$napi -DBUILDING_NODE_EXTENSION \
  -I"$folder/node_modules/node-api-headers/include" -I"$addon" -I"$addon/deps/include" \
  "$addon/binding/tfjs_backend.cc" "$addon/binding/tfjs_binding.cc" \
  -L"$addon/deps/lib" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
  -Wl,-rpath,'$ORIGIN/../../deps/lib' -o "$addon/lib/napi-v$napi/tfjs_binding.node"

works
