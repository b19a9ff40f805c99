package journey

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Numbers of the server's /metrics that a call is charged with.
const (
	cpuSeconds = "process_cpu_seconds_total"
	statements = "hospital_sql_statements_total"
)

// counted counts the calls that go over a transport.
type counted struct {
	http.RoundTripper
	calls atomic.Int64
}

// RoundTrip implements http.RoundTripper.
func (c *counted) RoundTrip(req *http.Request) (*http.Response, error) {
	c.calls.Add(1)
	return c.RoundTripper.RoundTrip(req)
}

// cost is what a server has used so far, at a number of calls.
type cost struct {
	calls           int64
	cpu, statements float64
	known           bool // false: the server does not show its numbers to us
}

// look reads the server's numbers. They are shown to the server's own machine as a rule, so a
// journey from elsewhere goes without.
func look(ctx context.Context, base string, c *counted) cost {
	now := cost{calls: c.calls.Load()}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/metrics", nil)
	if err != nil {
		return now
	}
	res, err := (&http.Client{Transport: c.RoundTripper}).Do(req)
	if err != nil {
		return now
	}
	defer res.Body.Close()
	found := 0
	for lines := bufio.NewScanner(io.LimitReader(res.Body, maxAnswer)); lines.Scan(); {
		name, text, _ := strings.Cut(lines.Text(), " ")
		value, err := strconv.ParseFloat(text, 64)
		if err != nil {
			continue
		}
		switch name {
		case cpuSeconds:
			now.cpu, found = value, found+1
		case statements:
			now.statements, found = value, found+1
		}
	}
	now.known = found == 2
	return now
}

// since tells what a call cost between two looks; "": not known. The work that a server does beside
// requests, such as bringing records to the chain, is in it.
func (now cost) since(before cost) string {
	calls := float64(now.calls - before.calls)
	if !now.known || !before.known || calls == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f calls: %.1f ms of the server's CPU and %.1f statements to its database a call\n", calls,
		(now.cpu-before.cpu)*1000/calls, (now.statements-before.statements)/calls)
}
