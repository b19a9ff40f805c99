package web

import (
	"net"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/smart-hospital/hospital/chain/platform/limit"
)

// ClientAddress is the network that a request comes from (limit.Network): nobody has more tries for
// having more addresses. Forwarding headers count only when the server was told which proxies to
// trust (echo's IPExtractor); else anybody could write another address into them and be counted as
// somebody else.
type ClientAddress struct{ address string }

// Network is the unit that limits by address are for.
func (a ClientAddress) Network() string { return a.address }

// Resolve implements huma.Resolver.
func (a *ClientAddress) Resolve(c huma.Context) []error {
	e := humaecho.Unwrap(c)
	if e.Echo().IPExtractor != nil {
		a.address = limit.Network(e.RealIP())
		return nil
	}
	host, _, err := net.SplitHostPort(e.Request().RemoteAddr)
	if err != nil {
		host = e.Request().RemoteAddr
	}
	a.address = limit.Network(host)
	return nil
}

// TokenInput is for operations that have to know their own session.
type TokenInput struct {
	Authorization string `header:"Authorization"`
}

// Token is the session's, without the word before it.
func (in TokenInput) Token() string { return strings.TrimPrefix(in.Authorization, "Bearer ") }

// PersonPath names a person. It is exported because huma reads no parameters from an embedded
// unexported struct.
type PersonPath struct {
	Person string `path:"person" pattern:"^u[a-z2-7]{20}$" doc:"Opaque person id"`
}

// ProfilePath names a profile: "me", or the opaque id of oneself or a child one manages.
type ProfilePath struct {
	Person string `path:"person" pattern:"^(me|u[a-z2-7]{20})$" doc:"me, or the id of a child the caller manages"`
}

// Of is the person, for a caller.
func (in ProfilePath) Of(caller string) string {
	if in.Person == "me" {
		return caller
	}
	return in.Person
}
