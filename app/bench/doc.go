// Package bench makes the database of a large hospital and measures what people wait for when they
// read in it: lists, searches and single records, each as a role that may, over HTTP.
//
// Fill plays a few real visits and copies their rows, sealed columns included, under other numbers,
// people and moments. What a copy's chain records say is nowhere on a chain, so the database serves
// reading alone: `hospital audit` would find every copy.
package bench
