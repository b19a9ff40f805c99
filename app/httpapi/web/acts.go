package web

import (
	"context"
	"reflect"

	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Signing has a room take the signature over one of its intents; name is what the answer calls what
// came of it.
type Signing struct {
	Name string
	Sign func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error)
}

// Signs has a room's Sign take the signatures over the kinds of its contract. The answer shows what
// Sign returned under name.
func Signs[V any](a *API, prefix, name string,
	sign func(context.Context, intent.Actor, sqlstore.Command, string, []byte) (V, error)) {
	a.Results[name] = reflect.TypeFor[V]()
	take := func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error) {
		return sign(ctx, by, cmd, id, sig)
	}
	for _, kind := range act.Kinds(prefix) {
		a.Acts[kind] = Signing{name, take}
	}
}
