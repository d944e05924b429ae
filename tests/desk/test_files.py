"""A photo that was shared stands hidden on a case's page; its bytes come to a moderator who opens it alone."""

from dataclasses import replace
from pathlib import Path

from buddybot.domain.kernel.messages import MediaFile
from buddybot.runtime.media.worker import made_anew
from buddybot.service.kernel.book import Book
from tests import samples
from tests.desk.house import open_desk, visit
from tests.stories.moderating import audit, code
from tests.stories.moderation.test_file_evidence import reports
from tests.stories.talk.test_media import agreed, at_once


async def test_a_shared_photo_is_fetched_when_it_is_opened_and_by_a_moderator_alone(tmp_path: Path, book: Book) -> None:
    lets = replace(book, practice=replace(book.practice, photos=True))
    async with open_desk(tmp_path, lets) as house:
        house.bot.house.engine.arrivals.made_anew = at_once
        ann, ben = await agreed(house.bot)
        await ann.shares("photo", samples.jpeg())
        made = made_anew("photo", samples.jpeg())
        assert isinstance(made, MediaFile)
        await reports(ben, made.data)
        path = f"/desk/case/{await code(house.bot)}"
        async with visit(house) as mo, visit(house) as eve:
            await mo.enter(house.moderator())
            page = await mo.get(path)
            assert f'loading="lazy" alt="A photo that was shared" src="{path}/file/1"' in page
            assert "open-file" not in await audit(house.bot)
            async with mo.session.get(f"{path}/file/1") as answer:
                assert (answer.status, answer.content_type) == (200, "image/jpeg")
                assert await answer.read() == made.data
                assert answer.headers["Cache-Control"] == "no-store"
            assert "open-file" in await audit(house.bot)
            for number in ("0", "7"):
                async with mo.session.get(f"{path}/file/{number}") as answer:
                    assert answer.status == 404
            async with eve.session.get(f"{path}/file/1") as answer:
                assert answer.status == 401
