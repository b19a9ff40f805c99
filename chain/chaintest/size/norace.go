//go:build !race

package size

const raceDetector = false
