package wechatsandbox_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/wechat"
	"github.com/smart-hospital/hospital/app/wechatsandbox"
)

func TestExchangeAgainstTheSandbox(t *testing.T) {
	cases := []struct {
		name    string
		appID   string
		prepare func(s *wechatsandbox.Server, c *wechat.Client, clock *time.Time) (code string)
		want    error
	}{
		{name: "fresh code", prepare: func(s *wechatsandbox.Server, _ *wechat.Client,
			_ *time.Time) string {
			return s.Code("ann")
		}},
		{name: "invented code", prepare: func(*wechatsandbox.Server, *wechat.Client,
			*time.Time) string {
			return "nonsense"
		}, want: wechat.ErrCode},
		{name: "empty code", prepare: func(*wechatsandbox.Server, *wechat.Client, *time.Time) string { return "" },
			want: wechat.ErrCode},
		{name: "oversized code", prepare: func(*wechatsandbox.Server, *wechat.Client, *time.Time) string {
			return strings.Repeat("x", wechat.MaxCode+1)
		}, want: wechat.ErrCode},
		{name: "replayed code", prepare: func(s *wechatsandbox.Server, c *wechat.Client, _ *time.Time) string {
			code := s.Code("ann")
			if _, err := c.Exchange(context.Background(), code); err != nil {
				panic(err)
			}
			return code
		}, want: wechat.ErrCodeUsed},
		{name: "old code", prepare: func(s *wechatsandbox.Server, _ *wechat.Client, clock *time.Time) string {
			code := s.Code("ann")
			*clock = clock.Add(wechatsandbox.CodeLifetime + time.Second)
			return code
		}, want: wechat.ErrCode},
		{name: "busy", prepare: func(s *wechatsandbox.Server, _ *wechat.Client, _ *time.Time) string {
			s.Busy(1)
			return s.Code("ann")
		}, want: wechat.ErrUnavailable},
		{name: "too often", prepare: func(s *wechatsandbox.Server, c *wechat.Client, _ *time.Time) string {
			for range wechatsandbox.MaxPerMinute {
				if _, err := c.Exchange(context.Background(), s.Code("ann")); err != nil {
					panic(err)
				}
			}
			return s.Code("ann")
		}, want: wechat.ErrRate},
		{name: "another app", appID: "wxother",
			prepare: func(s *wechatsandbox.Server, _ *wechat.Client, _ *time.Time) string { return s.Code("ann") },
			want:    wechat.ErrRefused},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			clock := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
			s := wechatsandbox.New("wxdemo", "s3cret")
			s.Now = func() time.Time { return clock }
			web := httptest.NewServer(s)
			defer web.Close()
			appID := "wxdemo"
			if tc.appID != "" {
				appID = tc.appID
			}
			c := wechat.New(web.URL, appID, "s3cret", nil)
			openID, err := c.Exchange(t.Context(), tc.prepare(s, c, &clock))
			if !errors.Is(err, tc.want) || (tc.want == nil && openID != wechatsandbox.OpenID("ann")) {
				t.Fatalf("got %q, %v; want %v", openID, err, tc.want)
			}
		})
	}
}

func TestLoginHandsOutACode(t *testing.T) {
	s := wechatsandbox.New("wxdemo", "s3cret")
	for body, status := range map[string]int{
		`{"user":"patient-1"}`:       http.StatusOK,
		`{"user":"Ann O'Neil"}`:      http.StatusBadRequest,
		`{"user":"a","extra":true}`:  http.StatusBadRequest,
		strings.Repeat("x", 2000):    http.StatusBadRequest,
		`{"nickname":"patient-one"}`: http.StatusBadRequest,
	} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/sandbox/login",
			strings.NewReader(body)))
		if w.Code != status || w.Header().Get("X-Sandbox") != "wechat" {
			t.Errorf("%.40s: status %d, want %d", body, w.Code, status)
		}
	}
}

// A real server that hangs, answers nonsense or sends the client elsewhere is "not available", and
// the error tells neither secret nor code.
func TestExchangeWithABadServer(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"hangs":        func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"not json":     func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) },
		"no openid":    func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"session_key":"k"}`)) },
		"error status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"too long": func(w http.ResponseWriter, _ *http.Request) {
			_,
				_ = w.Write(make([]byte, wechat.MaxAnswer+1))
		},
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://evil.invalid/?"+r.URL.RawQuery, http.StatusFound)
		},
	}
	for name, h := range answers {
		t.Run(name, func(t *testing.T) {
			web := httptest.NewServer(h)
			defer web.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			_, err := wechat.New(web.URL, "wxdemo", "s3cret", nil).Exchange(ctx, "thecode")
			if !errors.Is(err, wechat.ErrUnavailable) || strings.Contains(err.Error(), "s3cret") ||
				strings.Contains(err.Error(), "thecode") {
				t.Fatalf("got %v", err)
			}
		})
	}
}
