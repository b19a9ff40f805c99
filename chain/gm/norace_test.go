//go:build !race

package gm

const randomKeys = 2000
