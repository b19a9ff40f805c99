// Package evidence is the files that a stranger is handed, read strictly: receipts with their
// documents, a patient's bundle, a regulator's dossier. What is true in them, package chain checks.
package evidence
