"""The same job as a small team would do it in Python: FastAPI, SQLAlchemy and asyncpg, one process for each of two cores.

Reads a recording's status, and takes in a callback: kept raw, its recording updated, two timeline lines. It tells no other instance, which
in one commit would make it slower still.
Run by tests/Voice.Benchmarks: app.py postgresql+asyncpg://user@host:port/database
"""
import asyncio
import ctypes
import os
import signal
import socket
import sys
import time
from datetime import datetime, timezone
from hashlib import sha256
from typing import Optional
from urllib.parse import parse_qs

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel
from sqlalchemy import BigInteger, Column, Identity, Integer, LargeBinary, Text, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()


class Recording(Base):
    __tablename__ = "voice_recordings"
    recording_id = Column(Text, primary_key=True)
    status = Column(Text)
    duration = Column(Integer)
    recording_url = Column(Text)
    created_at = Column(BigInteger)
    processed_at = Column(BigInteger)
    over_at = Column(BigInteger)
    version = Column(Integer)
    __mapper_args__ = {"version_id_col": version}


class RawCallback(Base):
    __tablename__ = "webhook_inbox"
    digest = Column(Text, primary_key=True)
    session_id = Column(Text)
    received_at = Column(BigInteger)
    content_type = Column(Text)
    body = Column(LargeBinary)
    applied_at = Column(BigInteger)


class TimelineLine(Base):
    __tablename__ = "voice_timeline"
    entry_id = Column(BigInteger, Identity(always=True), primary_key=True)
    recording_id = Column(Text)
    at = Column(BigInteger)
    kind = Column(Text)
    detail = Column(Text)


class Status(BaseModel):
    recording_id: str
    status: str
    duration: Optional[int]
    recording_url: Optional[str]
    created_at: str
    processed_at: Optional[str]


engine = create_async_engine(sys.argv[1], pool_size=16, max_overflow=0)
session_of = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
app = FastAPI()


def iso(milliseconds):
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@app.get("/recordings/{recording_id}", response_model=Status)
async def read_status(recording_id: str):
    async with session_of() as session:
        recording = await session.get(Recording, recording_id)
    if recording is None:
        raise HTTPException(404, "Recording not found")
    return Status(recording_id=recording.recording_id, status=recording.status, duration=recording.duration,
                  recording_url=recording.recording_url, created_at=iso(recording.created_at), processed_at=iso(recording.processed_at))


@app.post("/webhook")
async def take_callback(request: Request):
    body = await request.body()
    fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    now = int(time.time() * 1000)
    async with session_of() as session, session.begin():
        recording = (await session.execute(select(Recording).where(Recording.recording_id == fields["sessionId"]))).scalar_one()
        session.add(RawCallback(digest=sha256(body).hexdigest(), session_id=fields["sessionId"], received_at=now,
                                content_type="application/x-www-form-urlencoded", body=body, applied_at=now))
        recording.status = "completed"
        recording.duration = int(fields["duration"])
        recording.recording_url = fields["recordingUrl"]
        recording.over_at = recording.processed_at = now
        session.add(TimelineLine(recording_id=recording.recording_id, at=now, kind="provider_event", detail="The call ended."))
        session.add(TimelineLine(recording_id=recording.recording_id, at=now, kind="status_changed", detail="recording → completed"))
    return {"status": "webhook_processed", "session_id": fields["sessionId"]}


if __name__ == "__main__":
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it ends with its parent, however that ends.
    else:
        print(f"Voice listens on http://127.0.0.1:{door.getsockname()[1]}", flush=True)
    asyncio.run(uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).serve(sockets=[door]))
