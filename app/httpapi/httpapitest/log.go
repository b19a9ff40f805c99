package httpapitest

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

// logBuffer keeps a ward's log and, when the test ends, fails it for any forbidden text.
type logBuffer struct {
	mu     sync.Mutex
	text   bytes.Buffer
	banned []string
}

func newLogBuffer(t *testing.T) *logBuffer {
	l := &logBuffer{}
	t.Cleanup(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, b := range l.banned {
			if strings.Contains(l.text.String(), b) {
				t.Errorf("the log holds %q", b)
			}
		}
	})
	return l
}

func (l *logBuffer) forbid(texts ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.banned = append(l.banned, texts...)
}

// Write implements io.Writer.
func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}
