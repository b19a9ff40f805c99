package securitylog

import (
	"context"
	"errors"

	"github.com/smart-hospital/hospital/app/audit"
)

// Compare reads the whole chain of the security log's lines. Who wrote down its length and last
// hash sees that it only grew.
func Compare(ctx context.Context, w *audit.Walk) error {
	lines, last, err := Audit(ctx, w.DB.DB, w.Box)
	w.Report.Count("securityLines", int(lines))
	w.Report.SecurityHash = last
	w.Report.Say("security log  %8d lines, the last one %s", lines, last)
	if errors.Is(err, ErrBroken) {
		w.Report.Fault("security-log", "security.chain", err.Error())
		return nil
	}
	return err
}
