"""What is forked, and what is left to jupyter_client; what front ends find installed."""

from __future__ import annotations

import sys

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory

from workbook.kernels.provisioner import launcher_arguments


@pytest.mark.parametrize(
    "command",
    [
        ["python3.99", "-m", "ipykernel_launcher", "-f", "k.json"],
        [sys.executable, "-m", "xeus", "-f", "k.json"],
        [sys.executable, "-X", "dev", "-m", "ipykernel_launcher", "-f", "k.json"],
        ["R", "--slave", "-e", "IRkernel::main()"],
    ],
)
def test_other_kernels_are_started_as_ever(command) -> None:
    assert launcher_arguments(command) is None


def test_what_follows_the_launcher_is_passed_on() -> None:
    command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "k.json", "--quiet"]
    assert launcher_arguments(command) == ["-f", "k.json", "--quiet"]


def test_front_ends_find_the_kernel_and_its_provisioner() -> None:
    spec = KernelSpecManager().get_kernel_spec("workbook")
    assert spec.display_name == "Python (workbook, warm)"
    assert KernelProvisionerFactory.instance().is_provisioner_available(spec)
