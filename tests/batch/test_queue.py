"""What is done next in a run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.queue import QueuedVideo, VideoQueue

TASKS = st.lists(st.tuples(st.booleans(), st.integers(-2, 2), st.integers(0, 50)), max_size=40)


def video_queue(*tasks: QueuedVideo) -> VideoQueue:
    """A queue of these tasks."""
    made = VideoQueue()
    for task in tasks:
        made.add(task)
    return made


def test_tasks_come_in_the_order_of_their_list() -> None:
    """First come, first served, within one rank."""
    made = video_queue(*(QueuedVideo(name, online=True) for name in "abc"))

    assert [task.id for _ in "abc" if (task := made.take(0, online=True))] == ["a", "b", "c"]
    assert made.take(0, online=True) is None


def test_lower_ranks_come_first() -> None:
    """The newest video, or one that was not tried yet, before the others."""
    made = video_queue(QueuedVideo("old", online=True, rank=1), QueuedVideo("new", online=True))

    assert made.take(0, online=True) == QueuedVideo("new", online=True)


def test_a_task_waits_for_its_time() -> None:
    """Nothing is taken early, and the queue says when it can be."""
    made = video_queue(QueuedVideo("later", online=True, not_before=60.0))

    assert made.take(59.9, online=True) is None
    assert made.next_time(online_from=0.0) == 60.0
    assert made.take(60.0, online=True) is not None


def test_what_is_on_disk_is_done_while_youtube_is_left_alone() -> None:
    """A block holds up only what has to be asked for."""
    made = video_queue(QueuedVideo("asks", online=True), QueuedVideo("on disk", online=False))

    assert made.take(0, online=False) == QueuedVideo("on disk", online=False)
    assert made.take(0, online=False) is None
    assert made.next_time(online_from=500.0) == 500.0
    assert len(made) == 1


def test_an_empty_queue_has_no_next_time() -> None:
    """Nothing to wait for."""
    assert VideoQueue().next_time(online_from=0.0) is None


@given(TASKS)
def test_every_task_is_taken_exactly_once(several: list[tuple[bool, int, int]]) -> None:
    """Whatever the order, ranks and times: none is lost, none comes twice, none comes early."""
    tasks = [QueuedVideo(str(n), online, rank, float(time)) for n, (online, rank, time) in enumerate(several)]
    made, now, taken = video_queue(*tasks), 0.0, []
    while len(made):
        task = made.take(now, online=True)
        if task is None:
            following = made.next_time(online_from=0.0)
            assert following is not None
            assert following > now
            now = following
        else:
            assert task.not_before <= now
            taken.append(task)

    assert sorted(taken, key=lambda task: int(task.id)) == tasks
