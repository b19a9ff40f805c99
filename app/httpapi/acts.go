package httpapi

import (
	"context"
	"reflect"

	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/sqlstore"
)

// signing has a room take the signature over one of its intents; name is what the answer calls what
// came of it.
type signing struct {
	name string
	sign func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error)
}

// signs has a room's Sign take the signatures over the kinds of its contract. The answer shows what
// Sign returned under name.
func signs[V any](a *API, prefix, name string,
	sign func(context.Context, intent.Actor, sqlstore.Command, string, []byte) (V, error)) {
	a.results[name] = reflect.TypeFor[V]()
	take := func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error) {
		return sign(ctx, by, cmd, id, sig)
	}
	for _, kind := range act.Kinds(prefix) {
		a.acts[kind] = signing{name, take}
	}
}
