package chat

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"

	"github.com/smart-hospital/hospital/app/consult/chat"
	consultapi "github.com/smart-hospital/hospital/app/httpapi/consult"
	"github.com/smart-hospital/hospital/app/httpapi/web"
)

type uploadInput struct {
	consultapi.ConsultationID
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" contentType:"application/octet-stream" required:"true" doc:"JPEG, PNG or WebP, at most 5 MiB; the type is taken from the bytes"`
	}]
}

type uploadOutput struct{ Body chat.File }

type fileInput struct {
	consultapi.ConsultationID
	File string `path:"file" maxLength:"64" doc:"Id of the picture" example:"F7k2mq4xw5zt3yb6nc2da"`
}

type fileOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

func (c *Chat) registerFiles() {
	// Held in memory as a whole: a larger upload would be spilled into a temporary file, where a
	// patient's picture would lie in clear.
	humaecho.MultipartMaxMemory = chat.MaxPicture + 1<<20
	web.Handle(c.API, web.Op{ID: "upload-picture", Method: http.MethodPost, Path: "/v1/consultations/{id}/files",
		Summary: "Upload a picture for an image message", Tag: Tag,
		Roles: consultapi.BothSides, Status: http.StatusCreated, Command: true, Upload: true,
		Codes: []string{"picture-refused", "picture-quota", "consultation-state", "consultation-full"}},
		func(ctx context.Context, in *uploadInput) (*uploadOutput, error) {
			file := in.RawBody.Data().File
			defer file.Close()
			picture, err := io.ReadAll(io.LimitReader(file, chat.MaxPicture+1))
			if err != nil {
				return nil, err
			}
			cmd := web.Command(ctx, "consult.upload")
			cmd.Hash = hashUpload(in.ID, picture)
			f, err := c.Svc.Upload(ctx, cmd, web.Caller(ctx).Person, in.ID, picture)
			if err != nil {
				return nil, err
			}
			return &uploadOutput{*f}, nil
		})
	web.Handle(c.API, web.Op{ID: "get-picture", Method: http.MethodGet, Path: "/v1/consultations/{id}/files/{file}",
		Summary: "A picture of the consultation", Tag: Tag, Roles: consultapi.BothSides, Media: "image/*"},
		func(ctx context.Context, in *fileInput) (*fileOutput, error) {
			f, picture, err := c.Svc.Picture(ctx, web.Caller(ctx).Person, in.ID, in.File)
			return &fileOutput{ContentType: f.MediaType, ContentDisposition: "inline", Body: picture}, err
		})
}
