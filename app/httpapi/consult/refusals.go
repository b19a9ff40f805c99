package consult

import (
	"net/http"

	"github.com/smart-hospital/hospital/app/consult"
	"github.com/smart-hospital/hospital/app/consult/chat"
	"github.com/smart-hospital/hospital/app/problem"
)

// Refusals are those of visits and their chat. The first that fits counts.
var Refusals = []problem.Entry{
	{Code: "consultation-not-found", Status: http.StatusNotFound, Is: consult.ErrNotFound,
		Detail: "no such consultation", Do: "Check the id; a record of somebody else looks like this as well."},
	{Code: "consultation-side", Status: http.StatusForbidden, Is: consult.ErrForbidden,
		Do: "This is for the other side of the consultation."},
	{Code: "consultation-state", Status: http.StatusConflict, Is: consult.ErrState,
		Do: "Read the consultation again: next lists what is possible now."},
	{Code: "consultation-open", Status: http.StatusConflict, Is: consult.ErrOpen,
		Do: "Go on in the open consultation with this doctor, which consultation names; nothing of the request was kept."},
	{Code: "own-doctor", Status: http.StatusUnprocessableEntity, Is: consult.ErrOwn,
		Do: "Choose another doctor: nobody treats himself, nor a child whose guardian he is."},
	{Code: "doctor-not-available", Status: http.StatusUnprocessableEntity, Is: consult.ErrDoctor,
		Do: "Choose another doctor."},
	{Code: "no-such-slot", Status: http.StatusUnprocessableEntity, Is: consult.ErrNoSlot,
		Do: "Read the doctor's slots again, choose one of them."},
	{Code: "slot-full", Status: http.StatusConflict, Is: consult.ErrSlotFull, Do: "Choose another session."},
	{Code: "period-taken", Status: http.StatusConflict, Is: consult.ErrPeriod,
		Do: "The patient has an appointment in this time already. Choose another session, or cancel that one."},
	{Code: "consultation-prescribed", Status: http.StatusConflict, Is: consult.ErrPrescribed,
		Do: "Withdraw its prescriptions first, or finish the consultation."},
	{Code: "consultation-over", Status: http.StatusForbidden, Is: consult.ErrOver,
		Do: "The patient's record is open to the doctor until a day after the visit; ask for a new visit."},
	{Code: "note-missing", Status: http.StatusConflict, Is: consult.ErrNote, Do: "Write the note first."},
	{Code: "note-version", Status: http.StatusConflict, Is: consult.ErrNoteVersion,
		Do: "Read the note again, merge, and send the version you saw."},
	{Code: "client-id-reused", Status: http.StatusConflict, Is: chat.ErrClientID,
		Do: "Use a new client id for a new message."},
	{Code: "consultation-full", Status: http.StatusConflict, Is: chat.ErrFull,
		Do: "Finish this consultation and ask for another one."},
	{Code: "visits-cancelled", Status: http.StatusTooManyRequests, Is: consult.ErrGivenUp,
		Do: "Wait until tomorrow: 20 consultations of this patient were cancelled within a day."},
	{Code: "picture-refused", Status: http.StatusUnprocessableEntity, Is: chat.ErrPicture,
		Do: "Upload a whole JPEG, PNG or WebP of at most 5 MiB and 25 million pixels."},
	{Code: "picture-quota", Status: http.StatusTooManyRequests, Is: chat.ErrQuota,
		Do: "Wait until tomorrow: one account may keep 60 pictures or 120 MiB a day."},
}
