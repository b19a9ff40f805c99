// Package frontend holds the committed browser builds: the mini-app's, whose source is in src and
// which "npm run build:h5" makes, and the desk's, whose source is in desk and which "npm run
// build:desk" makes.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist/h5 all:dist/desk
var dist embed.FS

// H5 is the mini-app's browser build: index.html and assets/.
func H5() fs.FS { return folder("dist/h5") }

// Desk is the desk's build: index.html and assets/.
func Desk() fs.FS { return folder("dist/desk") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(dist, name)
	if err != nil {
		panic(err) // a constant path
	}
	return sub
}
