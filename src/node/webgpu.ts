import { type Availability, BackendMissing, type BackendProvider } from '../numeric/backend/backend.ts';
import type { TensorOps } from '../numeric/backend/tensor-ops.ts';
import { openTfjsBackend } from '../numeric/backend/tfjs-backend.ts';
import { withNativeVariable } from './native-env.ts';
import { loadVulkanFor, swiftShaderManifest, systemHasVulkan } from './vulkan.ts';

type Options = { readonly software: boolean };

interface FoundAdapter {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
  readonly device: string;
  readonly software: boolean;
}
interface NotFound {
  readonly reason: string;
  readonly mend: string;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render/i;

/** Kept for the life of the process: an adapter or device that outlives its GPU object crashes Dawn. */
const instances: GPU[] = [];

/** Dawn marks a driver that runs on the CPU as a fallback adapter; its names are a second look. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return info.isFallbackAdapter === true || SOFTWARE.test(names);
}

function deviceName(info: GPUAdapterInfo): string {
  return info.description || [info.vendor, info.architecture, info.device].filter(Boolean).join(' ');
}

async function dawn(): Promise<typeof import('webgpu') | NotFound> {
  try {
    return await import('webgpu');
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return {
      reason: `the webgpu package cannot be loaded: ${why}`,
      mend: 'npm install webgpu, on a platform that it has a binary for',
    };
  }
}

async function requestAdapter(module: typeof import('webgpu')): Promise<FoundAdapter | undefined> {
  const gpu = module.create([]);
  instances.push(gpu);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return undefined;
  return { gpu, adapter, device: deviceName(adapter.info), software: isSoftware(adapter.info) };
}

async function findAdapter({ software }: Options): Promise<FoundAdapter | NotFound> {
  const module = await dawn();
  if ('reason' in module) return module;
  const found = (await systemHasVulkan()) ? await requestAdapter(module) : undefined;
  if (found && !found.software) return found;
  if (!software) {
    const name = found?.device ?? (swiftShaderManifest() ? 'SwiftShader' : undefined);
    return name
      ? {
          reason: `the only driver is ${name}, which runs on the CPU`,
          mend: 'install the driver of a GPU, or ask for this one with --backend webgpu',
        }
      : { reason: 'no GPU with a Vulkan, Metal or D3D12 driver', mend: 'install the driver of a GPU' };
  }
  if (found) return found;
  const manifest = swiftShaderManifest();
  const fallback =
    manifest && (await loadVulkanFor(manifest))
      ? await withNativeVariable('VK_ICD_FILENAMES', manifest, () => requestAdapter(module))
      : undefined;
  return (
    fallback ?? {
      reason: 'no Vulkan driver, and no SwiftShader beside Chromium',
      mend: 'install the driver of a GPU, or Chromium for its software driver',
    }
  );
}

/** Runs `action` where `navigator.gpu` exists, which tfjs asks for and then does not use. */
function withNavigatorGpu<R>(gpu: GPU, action: () => R): R {
  if (!('navigator' in globalThis))
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  try {
    return action();
  } finally {
    Reflect.deleteProperty(globalThis.navigator, 'gpu');
  }
}

async function register(tf: TensorOps, { adapter, gpu }: FoundAdapter): Promise<void> {
  const { limits, info } = adapter;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    },
  });
  const { globals } = await import('webgpu');
  // tfjs reads GPUBufferUsage and its like from the global object, as in a browser.
  for (const [key, value] of Object.entries(globals)) {
    if (!(key in globalThis)) Object.defineProperty(globalThis, key, { value, configurable: true });
  }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // By default tfjs computes small tensors in JavaScript; the report names the device, so the device computes.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  // made here and not in the factory, whose errors tfjs swallows
  const backend = withNavigatorGpu(gpu, () => new WebGPUBackend(device, info));
  tf.registerBackend('webgpu', () => backend);
}

/** WebGPU through Dawn (the `webgpu` package) and tfjs. */
export const webgpuProvider: BackendProvider = {
  name: 'webgpu',
  async probe(options): Promise<Availability> {
    const found = await findAdapter(options);
    return 'reason' in found
      ? { available: false, ...found }
      : { available: true, device: found.device, software: found.software };
  },
  async open(options) {
    const found = await findAdapter(options);
    if ('reason' in found) throw new BackendMissing('webgpu', found.reason, found.mend);
    return openTfjsBackend('webgpu', found.device, 'use --backend wasm', (tf) => register(tf, found));
  },
};
