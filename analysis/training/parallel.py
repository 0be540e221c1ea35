"""Train with several one-thread processes that average their gradients.

On a busy machine this is much faster than one process with several threads, whose every
matrix product waits for the slowest thread: here processes meet once a batch.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import distributed, multiprocessing

Item = TypeVar("Item")


def my_rank() -> int:
    """Return the number of this process; 0 where there is only one, and for the one that logs."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def my_share(batch: Sequence[Item]) -> Sequence[Item]:
    """Return this process's part of a batch: all of it where there is only one process."""
    if not distributed.is_initialized():
        return batch
    share = batch[distributed.get_rank() :: distributed.get_world_size()]
    return share or batch[:1]


def average_gradients(parameters: Iterable[torch.nn.Parameter]) -> None:
    """Replace gradients by their mean over all processes; a missing one counts as zero."""
    if not distributed.is_initialized():
        return
    used = [parameter for parameter in parameters if parameter.requires_grad]
    for parameter in used:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    flat = torch.cat([parameter.grad.flatten() for parameter in used if parameter.grad is not None])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    position = 0
    for parameter in used:
        size = parameter.numel()
        parameter.grad = flat[position : position + size].view_as(parameter)
        position += size


def gather(item: Item) -> list[Item]:
    """Return every process's item, in the order of their numbers."""
    if not distributed.is_initialized():
        return [item]
    items: list[Any] = [None] * distributed.get_world_size()
    distributed.all_gather_object(items, item)
    return items


def save_first(net: torch.nn.Module, path: Path) -> None:
    """Save a network's weights, in the first process only (all hold the same)."""
    if my_rank() == 0:
        torch.save(net.state_dict(), path)


def run_parallel(work: Callable[..., None], arguments: tuple[Any, ...], n_processes: int) -> None:
    """Run ``work(*arguments)`` in `n_processes` processes of one thread each, and wait.

    `work` must be importable, and write files only where :func:`my_rank` is 0.
    """
    if n_processes == 1:
        work(*arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        meeting = str(Path(folder) / "meeting")
        multiprocessing.spawn(start_worker, (n_processes, meeting, work, arguments), n_processes)


def start_worker(
    rank: int, n_processes: int, meeting: str, work: Callable[..., None], arguments: tuple[Any, ...]
) -> None:
    """Join the other processes, do the work, leave."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=n_processes)
    work(*arguments)
    distributed.destroy_process_group()
