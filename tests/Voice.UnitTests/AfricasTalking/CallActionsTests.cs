using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking;

namespace Voice.UnitTests.AfricasTalking;

public class CallActionsTests
{
    private static readonly PhoneNumber Other = PhoneNumber.Parse("+254787654321");

    [Fact]
    public void The_bridge_speaks_first_and_then_records() =>
        CallActions.Bridge([Other], TimeSpan.FromSeconds(1200), "").Should().Be(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say>" + CallActions.RecordingNotice
            + "</Say><Dial record=\"true\" sequential=\"true\" phoneNumbers=\"+254787654321\" maxDuration=\"1200\"/></Response>");

    [Fact]
    public void Attributes_are_escaped() =>
        CallActions.Bridge([Other], TimeSpan.FromSeconds(1), "\"<&>").Should().Contain("callerId=\"&quot;&lt;&amp;&gt;\"");

    [Fact]
    public void Nothing_to_do_is_an_empty_response() =>
        CallActions.CarryOn.Should().Be("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
}
