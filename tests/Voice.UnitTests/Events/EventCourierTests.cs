using AutoMapper;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Application.Events;
using Voice.Application.Recordings;

namespace Voice.UnitTests.Events;

public class EventCourierTests
{
    private static readonly WebhookEndpoint Endpoint = WebhookEndpoint.New(
        new("https://shop.example"), ["recording.*"], null, TheRecording.Start);

    private readonly FakeTimeProvider _clock = new(TheRecording.Start);
    private readonly Queue<int> _due = new();
    private readonly List<int> _asked = [];
    private int _status = 500;

    [Fact]
    public async Task An_endpoint_that_took_nothing_is_tried_with_few_after_a_pause_until_it_takes_one()
    {
        await using var courier = Courier();

        await ServeAsync(courier, 3);
        await ServeAsync(courier, 1);
        _asked.Should().ContainSingle("nothing more is sent in the pause").Which.Should().Be(16);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ServeAsync(courier, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _status = 200;
        await ServeAsync(courier, 1, 16);

        _asked.Should().Equal(16, 4, 4, 16, 16);
    }

    private async Task ServeAsync(EventCourier courier, params int[] due)
    {
        foreach (var count in due) _due.Enqueue(count);
        await courier.ServeAsync(Endpoint, default);
        await courier.DisposeAsync(); // Waits for what is under way.
        _due.Clear();
    }

    private EventCourier Courier()
    {
        var outbox = new Mock<IEventOutbox>();
        outbox.Setup(box => box.TakeAsync(
                Endpoint.EndpointId, It.IsAny<DateTimeOffset>(), It.IsAny<DateTimeOffset>(), It.IsAny<int>(),
                It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, DateTimeOffset _, DateTimeOffset _, int limit, CancellationToken _) =>
            {
                _asked.Add(limit);
                return [.. Enumerable.Range(0, _due.TryDequeue(out var count) ? Math.Min(count, limit) : 0).Select(Due)];
            });
        var sender = new Mock<IEventSender>();
        sender.Setup(post => post.PostAsync(Endpoint, It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new EventAnswer(_status, ""));
        var mapper = new MapperConfiguration(map => map.AddMaps(typeof(GetRecordingStatus).Assembly)).CreateMapper();
        return new(outbox.Object, sender.Object, mapper, new(TimeSpan.FromDays(3)), _clock);
    }

    private static DueDelivery Due(int place) => new(
        new()
        {
            Place = place,
            EndpointId = Endpoint.EndpointId,
            EventId = $"evt_{place}",
            Type = "recording.completed",
            Subject = $"conf_{place}",
            At = TheRecording.Start,
            DueAt = TheRecording.Start,
            Tries = 1,
        },
        new RecordingView { RecordingId = $"conf_{place}", CreatedAt = TheRecording.Start, Outcome = TheRecording.New().Facts.Outcome },
        null);
}
