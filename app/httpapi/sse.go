package httpapi

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// eventStream is the media type of server-sent events (HTML Living Standard section 9.2).
const eventStream = "text/event-stream"

// streamLimits are those of answers that last.
type streamLimits struct {
	Total      int           // streams of this instance
	PerAddress int           // of one network
	Write      time.Duration // for one event to leave; a slower reader is cut off and comes back
	Judge      time.Duration // between looks at the session
	Beat       time.Duration // between comments that keep proxies from closing the stream
}

// events writes to one reader, each event with a deadline of its own: the server's WriteTimeout is
// for answers that end.
type events struct {
	w     http.ResponseWriter
	ctl   *http.ResponseController
	limit time.Duration
}

// startEvents answers a request with a stream of events, each of which leaves in so much time.
func startEvents(c echo.Context, limit time.Duration) *events {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, eventStream+"; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // a proxy must not hold events back
	c.Response().WriteHeader(http.StatusOK)
	return &events{c.Response(), http.NewResponseController(c.Response()), limit}
}

// write sends what is an event already, or a comment; an error when the reader has gone or takes
// too long.
func (s *events) write(text string) error {
	if err := s.ctl.SetWriteDeadline(time.Now().Add(s.limit)); err != nil {
		return err
	}
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.ctl.Flush()
}
