package bench

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain/platform/keystore"
)

// copied is one copy of a template: the names it bears instead of the template's, and how far its
// moments lie behind, in milliseconds.
type copied struct {
	names  []string
	behind int64
	box    *keystore.Box
}

// Moments of the template's own time, in Unix milliseconds: other integers stay as they are.
const (
	firstMoment = 1_600_000_000_000
	lastMoment  = 2_500_000_000_000
)

// reMoment is a time in stored JSON.
const reMoment = `\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`

// piece is a part of a text: literal, a name of the copy, or a moment.
type piece struct {
	literal string
	slot    int // of copied.names; -1: none
	at      time.Time
}

// words is a text cut where a copy of it differs.
type words []piece

// cutter cuts the texts of one template.
type cutter struct {
	names []string
	parts *regexp.Regexp
}

// newCutter knows the template's names, by slot; an empty one never stands in a text.
func newCutter(names []string) cutter {
	parts := []string{reMoment}
	for _, n := range names {
		if n != "" {
			parts = append(parts, regexp.QuoteMeta(n))
		}
	}
	return cutter{names, regexp.MustCompile(strings.Join(parts, "|"))}
}

func (c cutter) words(s string) (w words) {
	literal := func(s string) {
		if s != "" {
			w = append(w, piece{literal: s, slot: -1})
		}
	}
	end := 0
	for _, at := range c.parts.FindAllStringIndex(s, -1) {
		found := s[at[0]:at[1]]
		p := piece{slot: slices.Index(c.names, found)}
		if p.slot < 0 {
			t, err := time.Parse(time.RFC3339Nano, found)
			if err != nil || t.UnixMilli() < firstMoment || t.UnixMilli() > lastMoment {
				continue
			}
			p.at = t
		}
		literal(s[end:at[0]])
		w, end = append(w, p), at[1]
	}
	literal(s[end:])
	return w
}

func (w words) write(c *copied) string {
	var b strings.Builder
	for _, p := range w {
		switch {
		case p.slot >= 0:
			b.WriteString(c.names[p.slot])
		case p.literal != "":
			b.WriteString(p.literal)
		default:
			b.WriteString(p.at.Add(-time.Duration(c.behind) * time.Millisecond).Format(time.RFC3339Nano))
		}
	}
	return b.String()
}

// cell makes one column's value of a copy.
type cell func(*copied) (any, error)

func always(v any) cell { return func(*copied) (any, error) { return v, nil } }

func said(w words) cell { return func(c *copied) (any, error) { return w.write(c), nil } }

func moved(ms int64) cell { return func(c *copied) (any, error) { return ms - c.behind, nil } }

// drawn is unique in every copy: n random bytes in hex.
func drawn(n int) cell { return func(*copied) (any, error) { return randomHex(n), nil } }

func sealed(plain, context words) cell {
	return func(c *copied) (any, error) { return c.box.Seal([]byte(plain.write(c)), context.write(c)) }
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

var lower = base32.StdEncoding.WithPadding(base32.NoPadding)

// newPerson is an id of a person ("u") or an account ("a").
func newPerson(prefix string) string {
	b := make([]byte, 13)
	_, _ = rand.Read(b) // never fails
	return prefix + strings.ToLower(lower.EncodeToString(b))[:20]
}
