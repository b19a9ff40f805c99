// Reading aloud with the device's own voice. The mini-program has none without a plug-in, and then no button either.

export function canSpeak(): boolean {
  let can = false
  // #ifdef H5
  can = 'speechSynthesis' in globalThis && typeof SpeechSynthesisUtterance !== 'undefined'
  // #endif
  return can
}

/** Says a text; done when it has been said, was broken off, or could not be. */
export function speak(text: string, language: string, done: () => void): void {
  // #ifdef H5
  speechSynthesis.cancel()
  const said = new SpeechSynthesisUtterance(text)
  said.lang = language
  said.rate = 0.9 // for whoever hears it the first time
  said.onend = said.onerror = done
  speechSynthesis.speak(said)
  // #endif
}

export function hush(): void {
  // #ifdef H5
  if (canSpeak()) speechSynthesis.cancel()
  // #endif
}
