package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/swgui/v5emb"
)

// registerDocs serves the browsable description at /docs from files in the binary (no outside host
// is asked) and the problem codes at /problems.
func (a *API) registerDocs() {
	docs := v5emb.New("Smart Hospital API", "/openapi.json", "/docs/")
	serve := func(c echo.Context) error {
		// The page's own small script is inline, so /docs alone is allowed inline code.
		c.Response().Header().Set("Content-Security-Policy",
			"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		docs.ServeHTTP(c.Response(), c.Request())
		return nil
	}
	a.Echo.GET("/docs", func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, "/docs/") })
	a.Echo.GET("/docs/*", serve)
	a.Echo.GET("/problems", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/markdown; charset=utf-8", []byte(a.problems.Markdown()))
	})
}
