name: Welcome 2: for those who buy already
channel: email
type: marketing
category: welcome
subject: You know your way around: something new
preheader: You order with us already, so here is what most people miss.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">You know the milk. Do you know these?</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, you have ordered with us already, so we’ll spare you the tour. Here is what regulars tell us they found too late.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Cultured butter.</strong> We let the cream ripen for a day before churning. On bread, with nothing else.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Quark.</strong> As thick as fresh cheese, half the fat. With fruit, or salted with herbs.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;"><strong>Aged farmhouse cheese.</strong> Eighteen months, with crystals. A little goes far.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">Try something new</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">Thank you for coming back. It’s what keeps the cows fed.</p>
