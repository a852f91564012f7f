"""Recordings: uploaded audio and video, kept until somebody deletes them or nobody uses them any more.

The row is in the database, the content in the blob store. No moment leaves one without the other for good: a blob whose row
is not written yet, or is gone already, stands in `doomed_blobs`, and the clock takes it away.

    model       a recording, its retention, what is refused
    sniff       the content decides the type
    repository  the table of recordings
    doomed      blobs that no recording owns
    receive     an upload becomes a recording, once
    processing  asking for it to be heard, and to be heard again
    hearing     the job that does so, stage by stage
    stage_results  what the stages made, kept
    heard       what was heard, for the rooms above
    consent     what was noted about those who are recorded having agreed
    service     get, list, lock, delete, read
    tasks       the retention clock
"""
