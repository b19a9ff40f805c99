package oversight

import (
	"bytes"
	"context"
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
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// slowChain has one record, whose receipt is asked for when the test lets it be.
type slowChain struct {
	deskOf
	ward  *chaintest.Ward
	asked chan struct{} // a receipt was asked for
	let   chan error    // and is answered so
}

func (s *slowChain) Export(ctx context.Context, from, to string) (*period.Export, error) {
	if from < "2026-11-01" {
		return nil, period.ErrTooLarge
	}
	return period.New(ctx, s, from, to)
}

func (s *slowChain) At(context.Context, uint64) (chain.Committed, error) {
	return chain.Committed{Height: 3, Time: s.ward.Start}, nil
}

func (s *slowChain) SealedHeader(context.Context, int64) (*chain.SealedHeader, error) {
	return &chain.SealedHeader{Header: chain.Header{Chain: chaintest.ChainID, Height: 3, LogSize: 1,
		Time: s.ward.Start.UnixMilli()}}, nil
}

func (s *slowChain) Receipt(context.Context, string) (*chain.Receipt, error) {
	s.asked <- struct{}{}
	return &chain.Receipt{V: 1}, <-s.let
}

func (s *slowChain) History(context.Context) (*chain.History, error) {
	return &chain.History{Genesis: *s.ward.Members, V: chain.Version}, nil
}

var errTorn = errors.New("the disk is torn out")

// An account has one export at a time, a node two; one that fails in the middle is cut off as a connection,
// and its place is free again.
func TestExportsAreFew(t *testing.T) {
	s := &slowChain{ward: chaintest.NewWard(time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)), asked: make(chan struct{}),
		let: make(chan error)}
	s.ward.Vote(map[string]int64{"h1": 1})
	a := web.New(slog.New(slog.DiscardHandler), nil, "test")
	a.Refuses(Refusals)
	token := strings.Repeat("t", 32)
	var noted []string
	RegisterOversight(a, s, Door{Token: token,
		Staff: func(_ context.Context, authorization string) (accounts.Account, error) {
			return accounts.Account{ID: authorization, Role: accounts.Regulator}, nil
		},
		Exported: func(_ context.Context, who accounts.Account, what string) error {
			noted = append(noted, who.ID+" "+what)
			return nil
		}})
	server := httptest.NewServer(a.Echo)
	defer server.Close()
	type answer struct {
		res  *http.Response // nil: cut off before the first byte
		text []byte
		err  error
	}
	ask := func(who, from string) <-chan answer {
		out := make(chan answer, 1)
		go func() {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
				server.URL+"/v1/oversight/export?from="+from+"&to=2026-11-30", nil)
			if err != nil {
				out <- answer{err: err}
				return
			}
			r.Header.Set("Authorization", "Bearer "+who)
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				out <- answer{err: err}
				return
			}
			defer res.Body.Close()
			text, err := io.ReadAll(res.Body)
			out <- answer{res, text, err}
		}()
		return out
	}
	refused := func(who, from string, status int, code string) {
		t.Helper()
		if got := <-ask(who, from); got.err != nil || got.res.StatusCode != status ||
			!bytes.Contains(got.text, []byte(code)) {
			t.Errorf("%s: %v %s, want %d %s", who, got.err, got.text, status, code)
		}
	}
	const from = "2026-11-01"
	refused(token, "2026-10-01", http.StatusUnprocessableEntity, "export-too-large")
	machine := ask(token, from)
	<-s.asked
	refused(token, from, http.StatusConflict, "export-running")
	reader := ask("reader", from)
	<-s.asked
	refused("reader", from, http.StatusConflict, "export-running")
	refused("third", from, http.StatusConflict, "export-running")
	s.let <- errTorn
	s.let <- errTorn
	for _, export := range []<-chan answer{machine, reader} {
		got := <-export
		if got.err == nil {
			t.Errorf("cut off, and taken for %d bytes that are all", len(got.text))
		}
		_, err := period.Check(bytes.NewReader(got.text), int64(len(got.text)), chain.ParseHistory,
			func(period.Fault) {})
		if chain.ReasonOf(err) != chain.ReasonMalformed {
			t.Errorf("half a file: %v", err)
		}
	}
	again := ask(token, from)
	<-s.asked
	s.let <- nil
	got := <-again
	if got.err != nil || got.res.Header.Get("Content-Type") != "application/zip" || !period.Is(got.text) ||
		!strings.Contains(got.res.Header.Get("Content-Disposition"), "export-2026-11-01-2026-11-30.zip") {
		t.Errorf("whole: %v %v", got.err, got.res)
	}
	const days = "2026-11-01 2026-11-30, 1 records"
	want := " " + days + "|Bearer reader " + days + "| " + days
	if lines := strings.Join(noted, "|"); lines != want {
		t.Errorf("noted %q", lines)
	}
}

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
