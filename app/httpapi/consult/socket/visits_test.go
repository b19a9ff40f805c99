package socket

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
)

func upload(t *testing.T, content []byte) (string, io.Reader) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "wound.png")
	if err == nil {
		_, err = part.Write(content)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), &b
}

func TestPicturesOverHTTP(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	var b bytes.Buffer
	noisy := image.NewRGBA(image.Rect(0, 0, 900, 900)) // 2.6 MB as PNG: larger than a JSON body may be
	for i := range noisy.Pix {
		noisy.Pix[i] = byte(i*i*31 + i>>7*17 ^ i>>3)
	}
	if err := (&png.Encoder{CompressionLevel: png.NoCompression}).Encode(&b, noisy); err != nil {
		t.Fatal(err)
	}
	path := "/v1/consultations/" + id + "/files"
	put := func(token, key string, content []byte) (int, []byte, string) {
		contentType, body := upload(t, content)
		return c.send(token, "POST", path, contentType, body, key)
	}
	status, out, _ := put("pat", "upload-key-1", b.Bytes())
	var f chat.File
	if err := json.Unmarshal(out, &f); err != nil || status != 201 {
		t.Fatalf("%d %s", status, out)
	}
	if _, again, _ := put("pat", "upload-key-1", b.Bytes()); !bytes.Equal(again, out) {
		t.Fatalf("repeated: %s", again)
	}
	for name, tt := range map[string]struct {
		token, key string
		content    []byte
		status     int
		code       string
	}{
		"no picture":           {"pat", "upload-key-2", []byte("<svg onload=alert(1)>"), 422, "picture-refused"},
		"other body, same key": {"pat", "upload-key-1", append(b.Bytes(), 0), 409, "idempotency-key-reused"},
		"over 5 MiB": {"pat", "upload-key-3", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 5<<20)...),
			422, "picture-refused"},
		"over 6 MiB": {"pat", "upload-key-4", make([]byte, 7<<20), 413, "too-large"},
		"stranger":   {"str", "upload-key-5", b.Bytes(), 404, "consultation-not-found"},
		"regulator":  {"reg", "upload-key-6", b.Bytes(), 403, "forbidden"},
	} {
		if status, out, code := put(tt.token, tt.key, tt.content); status != tt.status || code != tt.code {
			t.Errorf("%s: %d %s", name, status, out)
		}
	}
	status, got, _ := c.call("doc", "GET", path+"/"+f.ID, nil)
	if status != 200 || !bytes.Equal(got, b.Bytes()) {
		t.Fatalf("%d, %d bytes", status, len(got))
	}
	if status, _, code := c.call("str", "GET", path+"/"+f.ID, nil); status != 404 || code != "consultation-not-found" {
		t.Fatalf("stranger: %d %s", status, code)
	}
}

// TestConsultationsOverHTTP walks refusals: what comes back, and that it never says what was
// written.
func TestAppointmentOverHTTP(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	book := func(token, doctor string, slot any) (int, []byte, string) {
		return c.call(token, "POST", "/v1/consultations",
			map[string]any{"doctor": doctor, "complaint": "复诊", "slot": slot})
	}
	for _, tt := range []struct {
		name, token string
		slot        any
		status      int
		code        string
	}{
		{"no such session", "pat", anySession.Start.Add(time.Minute), 422, "no-such-slot"},
		{"no time", "pat", "tomorrow", 422, "invalid-input"},
		{"booked", "pat", anySession.Start, 201, ""},
		{"the session is full", "str", anySession.Start, 409, "slot-full"},
	} {
		if status, body, code := book(tt.token, "u-doc", tt.slot); status != tt.status || code != tt.code {
			t.Errorf("%s: %d %s", tt.name, status, body)
		}
	}
	if _, body, _ := c.call("doc", "GET", "/v1/consultations?state=requested", nil); !strings.Contains(string(body),
		`"appointment":{"start":"`) || !strings.Contains(string(body), `"number":1`) {
		t.Errorf("the doctor's queue: %s", body)
	}
}

func TestConsultationsOverHTTP(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	at := "/v1/consultations/" + id
	const secret = "张三的秘密"
	note := map[string]any{"version": 0, "complaint": secret, "plan": "休息", "diagnoses": []string{"J06.900"}}
	for _, tt := range []struct {
		name, token, method, path string
		body                      any
		status                    int
		code                      string
	}{
		{"no session", "", "GET", at, nil, 401, "unauthenticated"},
		{"regulator", "reg", "GET", at, nil, 403, "forbidden"},
		{"stranger", "str", "GET", at, nil, 404, "consultation-not-found"},
		{"another doctor accepts", "odd", "POST", at + "/accept", nil, 404, "consultation-not-found"},
		{"mistyped id", "pat", "GET", at[:len(at)-1] + "x", nil, 422, "invalid-input"},
		{"patient accepts", "pat", "POST", at + "/accept", nil, 403, "forbidden"},
		{"accept twice", "doc", "POST", at + "/accept", nil, 409, "consultation-state"},
		{"second request", "pat", "POST", "/v1/consultations", map[string]any{"doctor": "u-doc", "complaint": secret},
			409, "consultation-open"},
		{"no such doctor", "pat", "POST", "/v1/consultations", map[string]any{"doctor": "u-zzz", "complaint": secret},
			422, "doctor-not-available"},
		{"unknown field", "pat", "POST", "/v1/consultations",
			map[string]any{"doctor": "u-odd", "complaint": secret, "x": 1}, 422, "invalid-input"},
		{"control character", "pat", "POST", "/v1/consultations",
			map[string]any{"doctor": "u-odd", "complaint": secret + "\x01"}, 422, "invalid-input"},
		{"NUL", "pat", "POST", "/v1/consultations", map[string]any{"doctor": "u-odd", "complaint": secret + "\x00"},
			400, "bad-encoding"},
		{"finish without note", "doc", "POST", at + "/finish", nil, 409, "note-missing"},
		{"unknown diagnosis", "doc", "PUT", at + "/note",
			map[string]any{"version": 0, "complaint": secret, "plan": "x", "diagnoses": []string{"Z99.9"}}, 422,
			"invalid-input"},
		{"note", "doc", "PUT", at + "/note", note, 200, ""},
		{"note over an unseen version", "doc", "PUT", at + "/note", note, 409, "note-version"},
		{"cancel without reason", "doc", "POST", at + "/cancel", map[string]any{}, 422, "invalid-input"},
		{"patient cancels an active one", "pat", "POST", at + "/cancel", map[string]any{}, 409, "consultation-state"},
		{"read mark", "pat", "PUT", at + "/read", map[string]any{"seq": 3}, 200, ""},
		{"finish", "doc", "POST", at + "/finish", nil, 200, ""},
		{"message after the end", "pat", "POST", at + "/messages", map[string]any{"kind": "text", "text": secret}, 409,
			"consultation-state"},
		{"bad since", "pat", "GET", at + "/messages?since=-1", nil, 422, "invalid-input"},
		{"wait too long", "pat", "GET", at + "/messages?wait=26", nil, 422, "invalid-input"},
	} {
		status, b, code := c.call(tt.token, tt.method, tt.path, tt.body)
		if status != tt.status || code != tt.code {
			t.Errorf("%s: %d %s", tt.name, status, b)
		}
		if code != "" && bytes.Contains(b, []byte(secret)) {
			t.Errorf("%s: the refusal repeats what was written", tt.name)
		}
		var told struct{ Consultation string }
		if code != "" && (json.Unmarshal(b, &told) != nil ||
			(told.Consultation == id) != (code == "consultation-open")) {
			t.Errorf("%s: consultation %q", tt.name, told.Consultation)
		}
	}
	status, b, _ := c.call("doc", "GET", "/v1/consultations?state=finished", nil)
	if status != 200 || !bytes.Contains(b, []byte(id)) {
		t.Fatalf("%d %s", status, b)
	}
	if _, b, _ := c.call("odd", "GET", "/v1/consultations", nil); bytes.Contains(b, []byte(id)) {
		t.Fatal("another doctor's list has it")
	}
}
