package socket

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disk"
	"github.com/smart-hospital/hospital/app/httpapi/httpapitest"
)

// TestNoRoom: with a full disk pictures stop, then messages by either road; reading goes on.
func TestNoRoom(t *testing.T) {
	c := startClinic(t, httpapitest.Memory(t), nil, defaultLimits)
	id := c.visit()
	free, now := int64(1000), time.Unix(1_700_000_000, 0)
	c.api.KeepRoom(&disk.Guard{Reserve: 1000, Free: func() (int64, error) { return free, nil },
		Now: func() time.Time { now = now.Add(time.Minute); return now }})
	path := "/v1/consultations/" + id
	say := func(key string) (int, []byte) {
		status, b, _ := c.call("pat", http.MethodPost, path+"/messages",
			map[string]any{"kind": "text", "text": "在吗 " + key})
		return status, b
	}
	put := func(key string) (int, []byte) {
		contentType, body := upload(t, tinyPNG(t))
		status, b, _ := c.send("pat", http.MethodPost, path+"/files", contentType, body, key)
		return status, b
	}
	if status, b := put("room-key-1"); status != 201 {
		t.Fatalf("%d %s", status, b)
	}
	free = 999
	if status, b := put("room-key-2"); status != http.StatusInsufficientStorage {
		t.Errorf("picture: %d %s", status, b)
	}
	if status, b := say("room-say-1"); status >= 300 {
		t.Errorf("message: %d %s", status, b)
	}
	free = 499
	if status, b := say("room-say-2"); status != http.StatusInsufficientStorage {
		t.Errorf("message: %d %s", status, b)
	}
	if err := c.api.RoomFor(disk.Signing); err != nil {
		t.Errorf("signing: %v", err)
	}
	if status, b, _ := c.call("doc", http.MethodGet, path+"/messages?since=0", nil); status != 200 {
		t.Errorf("reading: %d %s", status, b)
	}
}

func tinyPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
