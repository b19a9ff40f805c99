package oversight

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/httpapi/web"
	"github.com/smart-hospital/hospital/app/oversight/exports"
)

// tenBytes is a period whose file is the ten digits.
type tenBytes struct{}

func (tenBytes) Count() uint64 { return 3 }
func (tenBytes) Height() int64 { return 7 }
func (tenBytes) Write(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, "0123456789")
	return err
}

// office is a regulator's node with exports, in which everybody may read until told otherwise.
type office struct {
	*testing.T
	url   string
	noted []string
	gone  bool // the sessions have ended
}

func newOffice(t *testing.T) *office {
	o := &office{T: t}
	a := web.New(slog.New(slog.DiscardHandler), nil, "test")
	a.Refuses(Refusals)
	x, err := exports.Open(exports.Config{Dir: t.TempDir(), Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Begin: func(context.Context, string, string) (exports.Period, error) { return tenBytes{}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	write := func(_ context.Context, who accounts.Account, what string) error {
		o.noted = append(o.noted, who.ID+" "+what)
		return nil
	}
	RegisterOversight(a, deskOf{}, x, Door{Exported: write, Note: write,
		Staff: func(_ context.Context, authorization string) (accounts.Account, error) {
			if o.gone || authorization == "" {
				return accounts.Account{}, accounts.ErrUnauthenticated
			}
			return accounts.Account{ID: strings.TrimPrefix(authorization, "Bearer "), Role: accounts.Regulator}, nil
		}})
	server := httptest.NewServer(a.Echo)
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

func (o *office) ask(method, path, who, body string, header ...string) (*http.Response, string) {
	o.Helper()
	r, err := http.NewRequestWithContext(o.Context(), method, o.url+path, strings.NewReader(body))
	if err != nil {
		o.Fatal(err)
	}
	if who != "" {
		r.Header.Set("Authorization", "Bearer "+who)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		o.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		o.Fatal(err)
	}
	return res, string(text)
}

// made is an export that is whole.
func (o *office) made(who string) exports.Export {
	o.Helper()
	o.ask(http.MethodPost, exportsPath, who, `{"from":"2026-11-01","to":"2026-11-30"}`)
	for o.Context().Err() == nil {
		_, text := o.ask(http.MethodGet, exportsPath, who, "")
		var list struct{ Exports []exports.Export }
		if err := json.Unmarshal([]byte(text), &list); err != nil || len(list.Exports) != 1 {
			o.Fatalf("%v: %s", err, text)
		}
		if e := list.Exports[0]; e.State == exports.Ready {
			return e
		}
	}
	o.Fatal("never ready")
	return exports.Export{}
}

// TestADownloadGoesOn: any byte on, of the very file that was begun; else all of it.
func TestADownloadGoesOn(t *testing.T) {
	o := newOffice(t)
	e := o.made("a")
	file := exportsPath + "/" + e.ID + "/file"
	tag := `"` + e.ID + `"`
	for name, tt := range map[string]struct {
		header        []string
		status        int
		text, stretch string
	}{
		"whole":             {nil, 200, "0123456789", ""},
		"goes on":           {[]string{"Range", "bytes=4-"}, 206, "456789", "bytes 4-9/10"},
		"the same file":     {[]string{"Range", "bytes=4-", "If-Range", tag}, 206, "456789", "bytes 4-9/10"},
		"another file":      {[]string{"Range", "bytes=4-", "If-Range", `"x"`}, 200, "0123456789", ""},
		"a stretch":         {[]string{"Range", "bytes=2-3"}, 206, "23", "bytes 2-3/10"},
		"beyond its end":    {[]string{"Range", "bytes=8-99"}, 206, "89", "bytes 8-9/10"},
		"several":           {[]string{"Range", "bytes=0-1,4-5"}, 200, "0123456789", ""},
		"backwards":         {[]string{"Range", "bytes=5-4"}, 200, "0123456789", ""},
		"the last ones":     {[]string{"Range", "bytes=-3"}, 200, "0123456789", ""},
		"nothing is behind": {[]string{"Range", "bytes=10-"}, 416, "", ""},
	} {
		res, text := o.ask(http.MethodGet, file, "a", "", tt.header...)
		if res.StatusCode != tt.status || tt.text != "" && text != tt.text ||
			res.Header.Get("Content-Range") != tt.stretch {
			t.Errorf("%s: %d %q %q", name, res.StatusCode, res.Header.Get("Content-Range"), text)
		}
		if tt.status == 416 && !strings.Contains(text, "range-not-satisfiable") {
			t.Errorf("%s: %s", name, text)
		}
		if tt.status != 416 && (res.Header.Get("ETag") != tag || res.Header.Get("Accept-Ranges") != "bytes" ||
			res.ContentLength != int64(len(tt.text)) || res.Header.Get("Content-Type") != "application/zip" ||
			!strings.Contains(res.Header.Get("Content-Disposition"), "export-2026-11-01-2026-11-30.zip")) {
			t.Errorf("%s: %v", name, res.Header)
		}
	}
	if got := strings.Join(o.noted[:2], "|"); got != "a 2026-11-01 2026-11-30, 3 records|a export 2026-11-01 2026-11-30" {
		t.Errorf("noted %q", got)
	}
}

// TestALinkIsForOneDownload: a ticket begins one, lets that one go on, and ends with its session;
// nobody else's file is opened by it or without it.
func TestALinkIsForOneDownload(t *testing.T) {
	o := newOffice(t)
	e := o.made("a")
	of := exportsPath + "/" + e.ID
	expect := func(what string, want int, path, who string, header ...string) {
		t.Helper()
		if res, text := o.ask(http.MethodGet, path, who, "", header...); res.StatusCode != want {
			t.Errorf("%s: %d, want %d: %s", what, res.StatusCode, want, text)
		}
	}
	expect("a stranger", 401, of+"/file", "")
	expect("another", 404, of+"/file", "b")
	ticket := func() string {
		_, text := o.ask(http.MethodPost, of+"/ticket", "a", "")
		var got struct{ Ticket string }
		if err := json.Unmarshal([]byte(text), &got); err != nil || len(got.Ticket) < 40 {
			t.Fatalf("%v: %s", err, text)
		}
		return of + "/file?ticket=" + got.Ticket
	}
	link := ticket()
	expect("begins", 200, link, "")
	expect("goes on", 206, link, "", "Range", "bytes=4-")
	expect("begins again", 403, link, "")
	expect("a made-up one", 403, of+"/file?ticket=x", "")
	second := ticket()
	o.gone = true
	expect("after the log-out", 401, second, "")
	expect("goes on after the log-out", 401, link, "", "Range", "bytes=4-")
	o.gone = false
	if res, _ := o.ask(http.MethodDelete, of, "a", ""); res.StatusCode != http.StatusNoContent {
		t.Errorf("deleted: %d", res.StatusCode)
	}
	expect("deleted", 404, of+"/file", "a")
}

var errTorn = errors.New("the session has ended")

// An export ends once its reader is logged out, and asks no more often than it must.
func TestExportEndsWithItsReader(t *testing.T) {
	asked, gone := 0, error(nil)
	var out bytes.Buffer
	w := &judged{&out, func() error { asked++; return gone }, time.Hour, time.Now()}
	write := func() error { _, err := w.Write([]byte("x")); return err }
	if err := errors.Join(write(), write()); err != nil || asked != 0 {
		t.Errorf("asked %d times within the hour: %v", asked, err)
	}
	w.asked = w.asked.Add(-time.Hour)
	if err := errors.Join(write(), write()); err != nil || asked != 1 {
		t.Errorf("asked %d times after an hour: %v", asked, err)
	}
	w.asked, gone = w.asked.Add(-time.Hour), errTorn
	if err := write(); !errors.Is(err, errTorn) || out.Len() != 4 {
		t.Errorf("after the end: %v, %d bytes", err, out.Len())
	}
}
