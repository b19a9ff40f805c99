package prescriptions

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/smart-hospital/hospital/prescription"
	"github.com/smart-hospital/hospital/prescription/view"
)

// TestStatusesInTheDescription: a field's tag cannot be read from the contract; it names the same
// statuses all the same.
func TestStatusesInTheDescription(t *testing.T) {
	for _, of := range []reflect.Type{
		reflect.TypeFor[rxListInput](), reflect.TypeFor[view.View](), reflect.TypeFor[view.Summary](),
	} {
		f, _ := of.FieldByName("Status")
		var said []prescription.Status
		for s := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
			said = append(said, prescription.Status(s))
		}
		if !slices.Equal(said, prescription.Statuses) {
			t.Errorf("%s says %v, there are %v", of, said, prescription.Statuses)
		}
	}
}
