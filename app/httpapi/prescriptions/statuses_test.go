package prescriptions

import (
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/copies"
	"github.com/smart-hospital/hospital/prescription/lifecycle"
	"github.com/smart-hospital/hospital/prescription/view"
)

// TestListsInTheDescription: the description names the contract's statuses, kinds and roles where
// they are shown and asked for.
func TestListsInTheDescription(t *testing.T) {
	a := web.New(slog.New(slog.DiscardHandler), nil, "test")
	RegisterPrescriptions(a, nil, nil, nil)
	RegisterBundles(a, nil)
	schemas := a.Huma.OpenAPI().Components.Schemas
	property := func(of reflect.Type, name string) *huma.Schema {
		return schemas.SchemaFromRef(schemas.Schema(of, true, "").Ref).Properties[name]
	}
	all := "draft,signed,approved,rejected,paid,claimed,dispensed,cancelled,expired"
	for where, c := range map[string]struct {
		is   *huma.Schema
		want string
	}{
		"view":    {property(reflect.TypeFor[view.View](), "status"), all},
		"summary": {property(reflect.TypeFor[view.Summary](), "status"), all},
		"query": {a.Huma.OpenAPI().Paths["/v1/prescriptions"].Get.Parameters[0].Schema.Items,
			all},
		"received":     {property(reflect.TypeFor[copies.Received](), "status"), "paid,claimed,dispensed,cancelled,expired"},
		"lost step":    {property(reflect.TypeFor[lifecycle.LostStep](), "kind"), "rx.claim,rx.cancel,rx.expire,rx.lapse"},
		"cancellation": {property(reflect.TypeFor[view.CancellationView](), "role"), "doctor,patient"},
	} {
		var said []string
		for _, v := range c.is.Enum {
			said = append(said, v.(string))
		}
		if is := strings.Join(said, ","); is != c.want {
			t.Errorf("%s: %s, want %s", where, is, c.want)
		}
	}
	if len(prescription.Statuses) != strings.Count(all, ",")+1 {
		t.Errorf("there are %v", prescription.Statuses)
	}
}
