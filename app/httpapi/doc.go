// Package httpapi has the tests that play several rooms over HTTP. Every room's operations are in a
// package of their own below it, over web: thin handlers that bind, ask the room's service and
// answer. They hold no rule of the domain.
package httpapi
