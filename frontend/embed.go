// Package frontend holds the mini-app's committed browser build. Its source is in src; "npm run
// build:h5" makes dist/h5.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist/h5
var dist embed.FS

// H5 is the browser build: index.html and assets/.
func H5() fs.FS {
	sub, err := fs.Sub(dist, "dist/h5")
	if err != nil {
		panic(err) // a constant path
	}
	return sub
}
