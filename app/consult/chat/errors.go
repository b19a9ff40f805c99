package chat

import "errors"

// Errors of the room; test with errors.Is. None carries what was said. A broken rule of a field is
// invalid.ErrInput, with the fields.
var (
	// ErrNotFound: no such visit, message or picture, or it is somebody else's.
	ErrNotFound = errors.New("consultation not found")
	// ErrClientID: the client message id was used for another message.
	ErrClientID = errors.New("client message id used for another message")
	// ErrFull: the consultation holds as many messages or pictures as one may.
	ErrFull = errors.New("the consultation is full")
	// ErrQuota: one person's pictures of a day; see MaxDayPictures and MaxDayBytes.
	ErrQuota = errors.New("too many pictures of this account within a day")
	// ErrPicture: the upload is no whole JPEG, PNG or WebP, or is too large. The rule stands behind
	// it.
	ErrPicture = errors.New("not a picture this room takes")
)
