using FluentValidation;
using MediatR;
using Moq;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Application.Recordings;

namespace Voice.UnitTests.Jobs;

public class AwaitContractTests
{
    [Theory]
    [InlineData(JobFailureKind.Invalid, typeof(ValidationException))]
    [InlineData(JobFailureKind.Conflict, typeof(ConflictException))]
    [InlineData(JobFailureKind.NotInstalled, typeof(ToolMissingException))] // Answered without Retry-After: waiting does not help.
    [InlineData(JobFailureKind.Unavailable, typeof(EngineFailedException))]
    public async Task A_failed_job_is_told_by_whose_fault_it_is(JobFailureKind kind, Type exception)
    {
        var job = Job.New(new ContractOrder { Parties = [], ContractType = "other" }, "caller", TheRecording.Start).Failed(kind, "Why.");
        var jobs = new Mock<IJobRepository>();
        jobs.Setup(repository => repository.FindAsync(job.JobId, It.IsAny<CancellationToken>())).ReturnsAsync(job);
        var changes = new Mock<IChangeFeed>();
        changes.Setup(feed => feed.Watch(It.IsAny<string>())).Returns(Mock.Of<IChangeWatch>());
        var handler = new AwaitContractHandler(jobs.Object, Mock.Of<IMediator>(), changes.Object, TimeProvider.System);

        var waiting = () => handler.Handle(new AwaitContract(job.JobId), default);

        (await waiting.Should().ThrowAsync<Exception>()).Which.Should().BeOfType(exception);
    }
}
