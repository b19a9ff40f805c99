package web

import (
	"context"
	"reflect"
	"slices"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/act"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Signing has a room take the signature over one of its intents; name is what the answer calls what
// came of it.
type Signing struct {
	Name string
	Ends bool // it ends what is under way, so nobody has to agree to the papers in force before
	Sign func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error)
}

// Signs has a room's Sign take the signatures over the kinds of its contract. The answer shows what
// Sign returned under name. ends are the kinds that end what is under way.
func Signs[V any](a *API, prefix, name string,
	sign func(context.Context, intent.Actor, sqlstore.Command, string, []byte) (V, error), ends ...chain.Kind) {
	a.Results[name] = reflect.TypeFor[V]()
	take := func(ctx context.Context, by intent.Actor, cmd sqlstore.Command, id string, sig []byte) (any, error) {
		return sign(ctx, by, cmd, id, sig)
	}
	for _, kind := range act.Kinds(prefix) {
		a.Acts[kind] = Signing{name, slices.Contains(ends, kind), take}
	}
}
