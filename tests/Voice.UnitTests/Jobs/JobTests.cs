using Voice.Application.Contracts;
using Voice.Application.Jobs;

namespace Voice.UnitTests.Jobs;

public class JobTests
{
    private static readonly DateTimeOffset Now = TheRecording.Start;

    [Fact]
    public void Missing_audio_is_asked_for_after_growing_pauses_until_its_time_is_up()
    {
        var job = Taken(tries: 1);
        var now = Now;
        var pauses = new List<double>();
        while (!job.HasEnded)
        {
            job = (job with { Tries = job.Tries + 1 }).AudioMissing(now, TimeSpan.FromMinutes(1), "not there");
            if (job.DueAt is not { } due) break;
            pauses.Add((due - now).TotalSeconds);
            now = due;
        }

        pauses.Should().BeInAscendingOrder().And.StartWith(0.5).And.OnlyContain(pause => pause <= 10);
        job.Failure.Should().Be(new JobFailure(JobFailureKind.Invalid, "not there"));
        (now - Now).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1)).And.BeLessThan(TimeSpan.FromSeconds(75));
        job.Tries.Should().BeLessThanOrEqualTo(2, "waiting is no try");
    }

    [Fact]
    public void Orders_of_the_same_contract_have_one_digest_and_others_another()
    {
        var order = Order with { Upload = new("/here/audio", "aa") };

        (order with { Upload = new("/there/audio", "aa"), Parties = [.. order.Parties.Reverse()] }).ToDigest().Should()
            .Be(order.ToDigest());
        string[] others =
        [
            (order with { Upload = new("/here/audio", "ab") }).ToDigest(), (order with { ContractType = "logistics" })
                .ToDigest(), Order.ToDigest(),
            (order with { Parties = [order.Parties[0], order.Parties[1] with { Role = "witness" }] })
                .ToDigest(), (Order with { RecordingId = "conf_1" }).ToDigest(),
        ];
        others.Append(order.ToDigest()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Each_step_of_a_job_is_one_line_however_often_it_is_tried()
    {
        var ordered = Job.OnceRecorded(Order with { RecordingId = "conf_1" }, "caller", Now);
        var taken = Taken(tries: 1) with { JobId = ordered.JobId };
        Job[] life =
        [
            ordered, taken, taken.Troubled(Now), taken with { Tries = 2 }, taken.Completed("ctr_1"),
            taken.Failed(JobFailureKind.Invalid, "Nobody speaks in this audio."),
        ];

        var lines = life.Select(job => job.Line(Now)).ToList();

        lines.Select(line => line.Kind).Should().Equal("job_queued", "job_started", "job_queued", "job_started", "job_done", "job_failed");
        lines.Select(line => line.RepeatOf).Distinct().Should().HaveCount(4).And.NotContainNulls();
        lines[^2].Detail.Should().Be($"{ordered.JobId}: ctr_1");
        lines[^1].Detail.Should().Be($"{ordered.JobId}: Nobody speaks in this audio.");
        ordered.HasEnded.Should().BeFalse();
        ordered.DueAt.Should().BeAfter(Now.AddYears(1000), "a program that does not know of it must not take it");
    }

    internal static Job Taken(int tries) =>
        Job.New(Order, "caller", Now) with { Status = JobStatus.Running, Tries = tries, Version = tries };

    private static ContractOrder Order => new()
    {
        Parties = [new("+254712345678", "buyer", "John Kamau"), new("+254787654321", "seller", null)],
        ContractType = "other",
    };
}
