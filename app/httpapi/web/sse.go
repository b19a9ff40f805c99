package web

import (
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// EventStream is the media type of server-sent events (HTML Living Standard section 9.2).
const EventStream = "text/event-stream"

// StreamLimits are those of answers that last.
type StreamLimits struct {
	Total      int           // streams of this instance
	PerAddress int           // of one network
	Write      time.Duration // for one event to leave; a slower reader is cut off and comes back
	Judge      time.Duration // between looks at the session
	Beat       time.Duration // between comments that keep proxies from closing the stream
}

// EventWriter writes to one reader, each event with a deadline of its own: the server's
// WriteTimeout is for answers that end.
type EventWriter struct {
	w     http.ResponseWriter
	ctl   *http.ResponseController
	limit time.Duration
	cut   bool // the reader has gone or was too slow
}

// StartEvents answers a request with a stream of events, each of which leaves in so much time. Who
// starts it ends it.
func StartEvents(c echo.Context, limit time.Duration) *EventWriter {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, EventStream+"; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // a proxy must not hold events back
	c.Response().WriteHeader(http.StatusOK)
	return &EventWriter{w: c.Response(), ctl: http.NewResponseController(c.Response()), limit: limit}
}

// Write sends what is an event already, or a comment; an error when the reader has gone or takes
// too long.
func (s *EventWriter) Write(text string) error {
	err := s.ctl.SetWriteDeadline(time.Now().Add(s.limit))
	if err == nil {
		_, err = s.w.Write([]byte(text))
	}
	if err == nil {
		err = s.ctl.Flush()
	}
	s.cut = s.cut || err != nil
	return err
}

// End gives the end of the stream, which leaves when the handler returns, as much time as an event.
// The last event's time may be over since, and the reader would find the stream broken off.
func (s *EventWriter) End() {
	if !s.cut {
		_ = s.ctl.SetWriteDeadline(time.Now().Add(s.limit)) // it could be set for every event
	}
}

// PacedWriter writes an answer that is longer than the server's WriteTimeout: each piece has a
// deadline of its own.
type PacedWriter struct {
	w     io.Writer
	ctl   *http.ResponseController // nil: the writer has no deadlines
	limit time.Duration
	begun bool
}

// NewPacedWriter gives every piece so much time to leave. Once the answer has begun the deadline of
// the request, which would end its context in the middle of the answer, goes; until then what is
// left of a body has as long.
func NewPacedWriter(w io.Writer, limit time.Duration) *PacedWriter {
	p := &PacedWriter{w: w, limit: limit}
	if answer, ok := w.(http.ResponseWriter); ok {
		p.ctl = http.NewResponseController(answer)
		_ = p.ctl.SetReadDeadline(time.Now().Add(limit)) // a writer without deadlines needs none
	}
	return p
}

// Write implements io.Writer.
func (p *PacedWriter) Write(b []byte) (int, error) {
	if p.ctl != nil {
		err := p.ctl.SetWriteDeadline(time.Now().Add(p.limit))
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			return 0, err
		}
	}
	n, err := p.w.Write(b)
	if err == nil && p.ctl != nil && !p.begun {
		p.begun = true
		if err = p.ctl.Flush(); err == nil { // the reader learns at once that the answer has begun
			_ = p.ctl.SetReadDeadline(time.Time{})
		}
	}
	return n, err
}
