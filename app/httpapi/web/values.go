package web

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// OneOf describes a text that is one of these. A type's Schema gives it where the list is the
// program's, the contract's above all: a field's tag would have to repeat it.
func OneOf[T ~string](values []T) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Enum: enum(values)}
}

// Described has every text of one type described as another type's Schema says. Call it before the
// operations that show the type.
func Described[T ~string, By huma.SchemaProvider](a *API) {
	a.Huma.OpenAPI().Components.Schemas.RegisterTypeAlias(reflect.TypeFor[T](), reflect.TypeFor[By]())
}

// Values has a property of a struct's description be one of these, whatever else its type can be.
// It panics where there is no such property.
func Values[T any, V ~string](a *API, property string, values []V) {
	schemas := a.Huma.OpenAPI().Components.Schemas
	s := schemas.SchemaFromRef(schemas.Schema(reflect.TypeFor[T](), true, "").Ref).Properties[property]
	s.Enum = enum(values)
	s.PrecomputeMessages()
}

func enum[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
