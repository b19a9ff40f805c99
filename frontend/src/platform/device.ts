/** The device's name for the person's list of devices; undefined when it says nothing of itself. */
export function deviceName(): string | undefined {
  const info = uni.getSystemInfoSync() as { browserName?: string; osName?: string; model?: string }
  return [info.browserName ?? info.model, info.osName].filter(Boolean).join(', ') || undefined
}
