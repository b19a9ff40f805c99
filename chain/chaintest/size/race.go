//go:build race

package size

const raceDetector = true
