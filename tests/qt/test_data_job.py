"""Work in a thread: its outcome comes back to the window, or nothing of it does."""

from threading import Event

import pytest
from PySide6.QtCore import QObject

from bpviz.document.blocks import Cancelled
from bpviz.document.errors import DocumentError
from bpviz.qt.data.job import Job


class Heard:
    def __init__(self, job):
        self.done, self.failed, self.shares = [], [], []
        job.done.connect(self.done.append)
        job.failed.connect(self.failed.append)
        job.progressed.connect(self.shares.append)


@pytest.fixture
def job(qapp):  # noqa: ARG001 - Qt must be there
    parent = QObject()
    made = Job(parent)
    yield made
    made.stop()
    parent.deleteLater()


def test_what_the_work_returns_is_heard_once(job, qtbot):
    heard = Heard(job)
    job.start(lambda _progress, _cancelled: 42)
    assert job.running
    qtbot.waitUntil(lambda: not job.running)
    assert (heard.done, heard.failed) == ([42], [])


def test_progress_is_heard_while_it_lasts(job, qtbot):
    heard, go = Heard(job), Event()

    def work(progress, _cancelled):
        progress(0.5)
        go.wait()

    job.start(work)
    qtbot.waitUntil(lambda: 0.5 in heard.shares)
    go.set()
    qtbot.waitUntil(lambda: not job.running)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(DocumentError("expected a table", file="x.csv"), "x.csv: expected a table"),
     (MemoryError(), "There is not enough memory for this file.")],
)
def test_what_cannot_be_done_is_a_sentence(job, qtbot, error, sentence):
    heard = Heard(job)

    def work(_progress, _cancelled):
        raise error

    job.start(work)
    qtbot.waitUntil(lambda: not job.running)
    assert (heard.done, heard.failed) == ([], [sentence])


def test_an_error_of_the_program_is_not_swallowed(job, qtbot):
    def work(_progress, _cancelled):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        job.start(work)
        qtbot.waitUntil(lambda: not job.running)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def until_cancelled(ended):
    def work(_progress, cancelled):
        while not cancelled():
            pass
        ended.set()
        raise Cancelled

    return work


def test_stopping_ends_the_thread_and_nothing_is_heard_of_it(job, qtbot):
    heard, ended = Heard(job), Event()
    job.start(until_cancelled(ended))
    thread = job.worker
    job.stop()
    assert not job.running and job.worker is None
    assert ended.wait(10)
    thread.join(10)
    assert not thread.is_alive()
    job.start(lambda _progress, _cancelled: "next")
    qtbot.waitUntil(lambda: not job.running)
    assert (heard.done, heard.failed) == (["next"], [])


def test_only_the_newest_work_is_heard_of(job, qtbot):
    heard, ended = Heard(job), Event()
    job.start(until_cancelled(ended))
    job.start(lambda _progress, _cancelled: "second")
    qtbot.waitUntil(lambda: not job.running)
    assert heard.done == ["second"] and ended.wait(10)
