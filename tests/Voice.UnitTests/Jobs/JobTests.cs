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

    internal static Job Taken(int tries) =>
        Job.New(Order, "caller", Now) with { Status = JobStatus.Running, Tries = tries, Version = tries };

    private static ContractOrder Order => new()
    {
        Parties = [new("+254712345678", "buyer", "John Kamau"), new("+254787654321", "seller", null)],
        ContractType = "other",
    };
}
