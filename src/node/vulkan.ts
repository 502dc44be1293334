import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Chromium's packages put SwiftShader, a Vulkan driver that runs on the CPU. */
const CHROMIUM_FOLDERS = [
  '/usr/lib/chromium',
  '/usr/lib/chromium-browser',
  '/usr/lib64/chromium-browser',
  '/opt/google/chrome',
  '/snap/chromium/current/usr/lib/chromium-browser',
];

/** The manifest of a SwiftShader that is installed with Chromium. */
export function swiftShaderManifest(): string | undefined {
  return CHROMIUM_FOLDERS.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find(existsSync);
}

let system: Promise<boolean> | undefined;

/** dlopen by koffi; undefined when koffi is not there to do it. */
async function dlopen(path: string): Promise<boolean | undefined> {
  const koffi = await import('koffi').catch(() => undefined);
  if (!koffi) return undefined;
  try {
    koffi.default.load(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the system has the Vulkan loader that Dawn opens by name. Asked before Dawn is, since Dawn writes to stderr
 * when it finds none. True where Dawn needs no Vulkan, and where this cannot be known.
 */
export function systemHasVulkan(): Promise<boolean> {
  system ??=
    process.platform === 'linux'
      ? dlopen('libvulkan.so.1').then((loaded) => loaded ?? true)
      : Promise.resolve(true);
  return system;
}

/**
 * Makes sure that Dawn finds a Vulkan loader for the driver of `manifest`: the system's, or the one beside the driver.
 * Loaded by its path, it also answers to its name afterwards.
 */
export async function loadVulkanFor(manifest: string): Promise<boolean> {
  if (await systemHasVulkan()) return true;
  return (await dlopen(join(dirname(manifest), 'libvulkan.so.1'))) === true;
}
