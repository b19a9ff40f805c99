//go:build race

package gm

const randomKeys = 200 // the race detector slows tjfoc's arithmetic tenfold and looks for other things
