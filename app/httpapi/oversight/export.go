package oversight

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/httpapi/web"
)

// exportPath is the export's route.
const exportPath = "/v1/oversight/export"

// Limits of exports. Each byte that leaves gives its reader writeLimit for the next; the whole may
// take exportLimit.
const (
	exportsAtOnce = 2 // of this node
	exportLimit   = time.Hour
	writeLimit    = 30 * time.Second
	judgeEvery    = time.Minute // whether the reader may still read
)

var errExportRunning = errors.New("oversight: an export is under way")

type exportInput struct {
	Operator
	From string `query:"from" required:"true" minLength:"10" maxLength:"10" doc:"First day in China" example:"2026-11-02"`
	To   string `query:"to" required:"true" minLength:"10" maxLength:"10" doc:"Last day; with from at most 92 days" example:"2026-12-01"`
}

type exportOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               func(huma.Context)
}

// exports are those under way.
type exports struct {
	mu   sync.Mutex
	busy map[string]bool // accounts; empty: machines with the token
}

func (e *exports) begin(account string) (end func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.busy[account] || len(e.busy) >= exportsAtOnce {
		return nil, errExportRunning
	}
	e.busy[account] = true
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.busy, account)
	}, nil
}

// judged asks now and then whether its reader may still read: a log-out or a suspension ends an export, too.
type judged struct {
	io.Writer
	still func() error
	every time.Duration
	asked time.Time
}

func (j *judged) Write(p []byte) (int, error) {
	if now := time.Now(); now.Sub(j.asked) >= j.every {
		if err := j.still(); err != nil {
			return 0, err
		}
		j.asked = now
	}
	return j.Writer.Write(p)
}

// registerExport adds the export of a period. Nothing of it is kept at the node: it is written while it
// is read, and whoever was cut off asks again for the same bytes.
func registerExport(a *web.API, o Oversight, door Door) {
	under := &exports{busy: map[string]bool{}}
	a.LongLived(exportPath)
	web.Handle(a, web.Op{ID: "oversight-export", Method: http.MethodGet, Path: exportPath,
		Summary: "Every record of some days with its receipt, in one ZIP file for `hospital verify` (证据导出)",
		Tag:     tagOversight, Media: "application/zip",
		Codes: []string{"unauthenticated", "forbidden", "export-running", "export-too-large", "receipt-not-sealed"},
		Doc: "The file is whole when it has its last entry, manifest.json: an export that fails in the middle ends without it, and the connection is cut. " +
			"At most 500,000 records and 2 GiB; one export of an account at a time."},
		func(ctx context.Context, in *exportInput) (*exportOutput, error) {
			who, err := door.who(ctx, in.Operator)
			if err != nil {
				return nil, err
			}
			end, err := under.begin(who.ID)
			if err != nil {
				return nil, err
			}
			handed := false
			defer func() {
				if !handed { // also when what follows panics
					end()
				}
			}()
			x, err := o.Export(ctx, in.From, in.To)
			if err == nil && door.Exported != nil {
				err = door.Exported(ctx, who, fmt.Sprintf("%s %s, %d records", in.From, in.To, x.Count()))
			}
			if err != nil {
				return nil, err
			}
			handed = true
			name := fmt.Sprintf(`attachment; filename="export-%s-%s.zip"`, in.From, in.To)
			return &exportOutput{"application/zip", name, func(c huma.Context) {
				defer end()
				limited, over := context.WithTimeout(c.Context(), exportLimit)
				defer over()
				c.SetStatus(http.StatusOK)
				w := web.NewPacedWriter(c.BodyWriter(), writeLimit)
				still := func() error { _, err := door.who(limited, in.Operator); return err }
				if err := x.Write(limited, &judged{w, still, judgeEvery, time.Now()}); err != nil {
					why := err.Error()
					if netErr := net.Error(nil); errors.As(err, &netErr) { // it names the client's address
						why = "the reader left or was too slow"
					}
					a.Log.Warn("an export was cut off", "error", why)
					panic(http.ErrAbortHandler) // the reader must not take the end of it for the end of the file
				}
			}}, nil
		})
}
