package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/smart-hospital/hospital/app/demo"
)

// Welcome prints where to go and, in the demo, who one can be.
func (a *App) Welcome(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b,
		"\nSmart hospital 智慧医院 is at %s\n  API description  %s/docs/\n  chain            %s/v1/chain\n  members' list    %s\n", a.URL(), a.URL(), a.URL(), a.Path("members.json"))
	if a.demo != nil {
		fmt.Fprintf(&b,
			"\nDEMO ward: sandbox WeChat, sandbox insurer. Accounts (generated at the first start, kept in %s):\n",
			a.Path(demo.File))
		for _, s := range a.demo.Staff {
			fmt.Fprintf(&b, "  %-10s %-16s password %s  %s\n", s.Role, s.Login, s.Password, s.Name)
		}
		if len(a.demo.Patients) > 0 {
			fmt.Fprintf(&b,
				"  patients   %s … %s by sandbox WeChat log-in\n\nPlay a whole visit:  go run ./cmd/hospital journey --url %s\n", a.demo.Patients[0].User, a.demo.Patients[len(a.demo.Patients)-1].User, a.URL())
		}
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
