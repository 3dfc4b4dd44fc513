name: Win-back 1: it has been a while
channel: email
type: marketing
category: win-back
subject: It’s been a while, {{default customer.firstName "friend"}}
preheader: What is new since you were last here.
---
<h1 class="headline" style="margin:0 0 14px;font-family:Georgia,'Times New Roman',serif;font-size:30px;line-height:1.22;font-weight:normal;color:#20231f;">The fridge misses you</h1>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">Hello {{default customer.firstName "there"}}, it has been a while since your last order. If something was wrong, we’d like to hear it: answer this mail and a person reads it.</p>
<p class="ink text" style="margin:0 0 18px;font-size:16px;line-height:25px;color:#34372f;">If you just forgot: the cows are well, there’s a new cheese, and the milk is as it was.</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 28px;"><tr><td class="button" style="border-radius:10px;background:#1f6f5c;"><a href="{{links.home}}" style="display:inline-block;padding:14px 26px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:10px;">See what’s new</a></td></tr></table>
<p class="soft text" style="margin:0 0 0;font-size:14px;line-height:21px;color:#66645c;">If you’d rather not hear from us, one click below and that’s that.</p>
