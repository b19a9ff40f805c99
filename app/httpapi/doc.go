// Package httpapi holds the rooms' operations: thin handlers over their services. It holds no rule
// of the domain; a handler binds, asks the service and answers.
package httpapi
