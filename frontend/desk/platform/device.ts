/** The device's name for the person's list of devices; undefined when it says nothing of itself. */
export function deviceName(): string | undefined {
  const agent = navigator.userAgent
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1]?.replace('Edg', 'Edge')
  const system = /Windows|Mac OS X|Linux|Android/.exec(agent)?.[0]
  return [browser, system].filter(Boolean).join(', ') || undefined
}
