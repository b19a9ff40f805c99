package oversight

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight/exports"
)

// Routes of exports.
const (
	exportsPath = "/v1/oversight/exports"
	exportPath  = exportsPath + "/{id}"
	filePath    = exportPath + "/file"
)

// Limits of downloads. Each piece that leaves gives its reader writeLimit for the next.
const (
	writeLimit = 30 * time.Second
	judgeEvery = time.Minute // whether the reader may still read
)

// Exports keeps files of periods; exports.Service does.
type Exports interface {
	Make(ctx context.Context, owner, from, to string, note func(exports.Export) error) (exports.Export, error)
	Of(owner string) []exports.Export
	Drop(owner, id string) error
	File(owner, id string) (*os.File, exports.Export, error)
	Ticket(owner, id, session string) (string, error)
	Redeem(word, id string, from int64) (session string, err error)
}

type exportInput struct {
	Operator
	Body struct {
		From string `json:"from" minLength:"10" maxLength:"10" doc:"First day in China" example:"2026-11-02"`
		To   string `json:"to" minLength:"10" maxLength:"10" doc:"Last day; with from at most 92 days" example:"2026-12-01"`
	}
}

type exportOutput struct{ Body exports.Export }

type exportsOutput struct {
	Body struct {
		Exports []exports.Export `json:"exports" doc:"The caller's own, the newest first"`
	}
}

type exportID struct {
	Operator
	ID string `path:"id" maxLength:"40" example:"E3MZ6Z7G3Z5X2J4YH6K8N1P3R5A"`
}

type ticketOutput struct {
	Body struct {
		Ticket string `json:"ticket" doc:"Give it to the file's address as ?ticket=; it begins one download within ten minutes, and lets that one go on" example:"KZ3MZ6Z7G3Z5X2J4YH6K8N1P3R5AKZ3MZ6Z7G3Z5X2J4YH6K8N1P3R5A"`
	}
}

// fileInput has the fields of exportID itself: of a struct in a struct in it huma fills none.
type fileInput struct {
	Operator
	ID      string `path:"id" maxLength:"40" example:"E3MZ6Z7G3Z5X2J4YH6K8N1P3R5A"`
	Ticket  string `query:"ticket" maxLength:"80" doc:"In the place of the header, for a browser's own download"`
	Range   string `header:"Range" maxLength:"60" doc:"One range of bytes (RFC 9110 section 14); anything else is answered with the whole file" example:"bytes=1048576-"`
	IfRange string `header:"If-Range" maxLength:"80" doc:"The file's ETag: of another file all of it comes" example:"\"E3MZ6Z7G3Z5X2J4YH6K8N1P3R5A\""`
}

type fileOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	ContentLength      string `header:"Content-Length"`
	ContentRange       string `header:"Content-Range"`
	AcceptRanges       string `header:"Accept-Ranges"`
	CacheControl       string `header:"Cache-Control"`
	ETag               string `header:"ETag"`
	Body               func(huma.Context)
}

// judged asks now and then whether its reader may still read: a log-out or a suspension ends a
// download, too.
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

var errRange = errors.New("oversight: no such stretch of the file")

var reRange = regexp.MustCompile(`^bytes=([0-9]{1,15})-([0-9]{0,15})$`)

// firstByte is where a range begins; 0: with the file, or it is none that counts.
func firstByte(header string) int64 {
	m := reRange.FindStringSubmatch(header)
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseInt(m[1], 10, 64) // 15 digits
	return n
}

// part is the stretch of a file that a range asks for, its end exclusive. whole: all of it is
// answered.
func part(header string, size int64) (from, to int64, whole bool, err error) {
	m := reRange.FindStringSubmatch(header)
	if m == nil {
		return 0, size, true, nil
	}
	from, to = firstByte(header), size
	if m[2] != "" {
		last, _ := strconv.ParseInt(m[2], 10, 64)
		if last < from {
			return 0, size, true, nil // such a header says nothing (RFC 9110 section 14.1.1)
		}
		to = min(size, last+1)
	}
	if from >= size {
		return 0, 0, false, fmt.Errorf("%w: the file has %d bytes", errRange, size)
	}
	return from, to, false, nil
}

// registerExports adds the exports of periods: made as a file, and fetched from any byte on.
func registerExports(a *web.API, x Exports, door Door) {
	codes := []string{"unauthenticated", "forbidden"}
	web.Handle(a, web.Op{ID: "make-export", Method: http.MethodPost, Path: exportsPath,
		Summary: "Make a file of every record of some days with its receipt, for `hospital verify` (证据导出)",
		Tag:     tagOversight,
		Codes:   append([]string{"export-running", "export-too-large", "receipt-not-sealed", "no-room"}, codes...),
		Doc: "The node keeps it for a day, two of an account and six of all; the same days up to the same block are made once. " +
			"At most 500,000 records and 2 GiB; one is made at a time for an account. It is made while nobody waits: ask for the list until it is ready."},
		func(ctx context.Context, in *exportInput) (*exportOutput, error) {
			who, err := door.who(ctx, in.Operator, investigators)
			if err != nil {
				return nil, err
			}
			e, err := x.Make(ctx, who.ID, in.Body.From, in.Body.To, func(e exports.Export) error {
				if door.Exported == nil {
					return nil
				}
				return door.Exported(ctx, who, fmt.Sprintf("%s %s, %d records", e.From, e.To, e.Records))
			})
			return &exportOutput{e}, err
		})
	web.Handle(a, web.Op{ID: "list-exports", Method: http.MethodGet, Path: exportsPath,
		Summary: "The caller's exports that the node keeps", Tag: tagOversight, Codes: codes},
		func(ctx context.Context, in *Operator) (*exportsOutput, error) {
			who, err := door.who(ctx, *in, investigators)
			if err != nil {
				return nil, err
			}
			out := &exportsOutput{}
			out.Body.Exports = x.Of(who.ID)
			return out, nil
		})
	web.Handle(a, web.Op{ID: "drop-export", Method: http.MethodDelete, Path: exportPath, Status: http.StatusNoContent,
		Summary: "Delete an export, also one that is being made", Tag: tagOversight,
		Codes: append([]string{"not-found"}, codes...)},
		func(ctx context.Context, in *exportID) (*struct{}, error) {
			who, err := door.who(ctx, in.Operator, investigators)
			if err != nil {
				return nil, err
			}
			return nil, x.Drop(who.ID, in.ID)
		})
	web.Handle(a, web.Op{ID: "export-ticket", Method: http.MethodPost, Path: exportPath + "/ticket",
		Summary: "A link's ticket for one download of an export", Tag: tagOversight,
		Codes: append([]string{"not-found", "export-not-ready"}, codes...),
		Doc:   "It stands for the session that asked for it, and ends with it."},
		func(ctx context.Context, in *exportID) (*ticketOutput, error) {
			who, err := door.who(ctx, in.Operator, investigators)
			if err != nil {
				return nil, err
			}
			out := &ticketOutput{}
			out.Body.Ticket, err = x.Ticket(who.ID, in.ID, in.Authorization)
			return out, err
		})
	registerFile(a, x, door, codes)
}

func registerFile(a *web.API, x Exports, door Door, codes []string) {
	a.LongLived("/v1/oversight/exports/:id/file")
	web.Handle(a, web.Op{ID: "export-file", Method: http.MethodGet, Path: filePath,
		Summary: "An export's file, from any byte on", Tag: tagOversight, Media: "application/zip",
		Codes: append([]string{"not-found", "export-not-ready", "ticket-used", "range-not-satisfiable"}, codes...),
		Doc: "With Range it goes on where it broke off (206). The file is whole when it has its last entry, manifest.json, " +
			"as its Content-Length says."},
		func(ctx context.Context, in *fileInput) (*fileOutput, error) {
			session := in.Operator
			if in.Ticket != "" {
				var err error
				if session.Authorization, err = x.Redeem(in.Ticket, in.ID, firstByte(in.Range)); err != nil {
					return nil, err
				}
			}
			who, err := door.who(ctx, session, investigators)
			if err != nil {
				return nil, err
			}
			f, e, err := x.File(who.ID, in.ID)
			if err != nil {
				return nil, err
			}
			out, err := in.answer(e)
			if err == nil && door.Note != nil {
				err = door.Note(ctx, who, fmt.Sprintf("export %s %s", e.From, e.To))
			}
			if err != nil {
				_ = f.Close() // it was only read
				return nil, err
			}
			from, to, whole, _ := in.part(e) // answer has judged it
			out.Body = func(c huma.Context) {
				defer f.Close()
				if !whole {
					c.SetStatus(http.StatusPartialContent)
				}
				still := func() error { _, err := door.who(c.Context(), session, investigators); return err }
				w := &judged{web.NewPacedWriter(c.BodyWriter(), writeLimit), still, judgeEvery, time.Now()}
				if _, err := io.Copy(w, io.NewSectionReader(f, from, to-from)); err != nil {
					a.Log.Info("a download of an export was cut off: its reader left, was too slow or may read no longer",
						"export", e.ID)
					panic(http.ErrAbortHandler) // what is missing must not look like the file's end
				}
			}
			return out, nil
		})
}

// part is what is asked for of a file.
func (in *fileInput) part(e exports.Export) (from, to int64, whole bool, err error) {
	if in.IfRange != "" && in.IfRange != etag(e) {
		return 0, e.Bytes, true, nil
	}
	return part(in.Range, e.Bytes)
}

func etag(e exports.Export) string { return strconv.Quote(e.ID) }

// answer are the headers of what is asked for.
func (in *fileInput) answer(e exports.Export) (*fileOutput, error) {
	from, to, whole, err := in.part(e)
	if err != nil {
		return nil, err
	}
	out := &fileOutput{ContentType: "application/zip", AcceptRanges: "bytes", CacheControl: "private, no-store",
		ETag: etag(e), ContentLength: strconv.FormatInt(to-from, 10),
		ContentDisposition: fmt.Sprintf(`attachment; filename="export-%s-%s.zip"`, e.From, e.To)}
	if !whole {
		out.ContentRange = fmt.Sprintf("bytes %d-%d/%d", from, to-1, e.Bytes)
	}
	return out, nil
}

// Who may what at a regulator's own node: figures are for every reader; findings, evidence and
// exports for who looks into single cases. Administrators keep the accounts and read none of these.
var (
	readers       = []accounts.Role{accounts.Analyst, accounts.Regulator}
	investigators = []accounts.Role{accounts.Regulator}
)
