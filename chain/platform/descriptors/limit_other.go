//go:build !unix

package descriptors

func current() int { return 0 }

func raise() {}
